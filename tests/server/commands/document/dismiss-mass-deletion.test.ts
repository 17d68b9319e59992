/** Who deleted much of a plan, as the lead is told of it through the API (`readMassDeletions`, `handleDismissMassDeletion`). */
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { replaceText } from '../../../../board/edit/text.ts';
import { textOf } from '../../../../board/entries.ts';
import { goalTextName, PURPOSE_TEXT } from '../../../../board/schema.ts';
import { transaction } from '../../../../db/client.ts';
import { auditEntriesOf } from '../../../../db/repo/audit.ts';
import { eraseCase } from '../../../../db/repo/erase-case.ts';
import type { DocumentCompartment } from '../../../../domain/compartments.ts';
import type { MassDeletionView } from '../../../../server/api/case-board.ts';
import { replay } from '../../../../server/log/replay.ts';
import { BoardReplica } from '../../../../server/sync/board-replica.ts';
import { DeletionWatch } from '../../../../server/sync/deletion-watch.ts';
import { aDatabase } from '../../../support/database.ts';
import { aFullCase, edit, foundIn, type FullCase, type Who } from '../../../support/full-case.ts';

const DAY_MS = 24 * 3_600_000;
const GOAL = goalTextName('team');
const TEAM: DocumentCompartment = { kind: 'team' };
const WORDS = 'Ord, som mange har skrevet. '.repeat(40);
const db = await aDatabase();
let full: FullCase;
/** The newest sequence when the deletion began. */
let before: number;

beforeAll(async () => {
	full = await aFullCase(db);
});
beforeEach(async () => {
	await db.pool.query('delete from board_mass_deletion');
	await write(TEAM, GOAL);
	before = await deleteAll(TEAM, GOAL);
});

const path = (rest = '') => `/cases/${full.case.id}/history/mass-deletions${rest}`;
const dismiss = (who: Who, input: object = { seq: before + 1 }) => full.request(who, path('/dismiss'), input);
const told = async (who: Who = 'lead') =>
	((await (await full.request(who, path())).json()) as { massDeletions: MassDeletionView[] }).massDeletions;
const open = (compartment: DocumentCompartment) => full.log.open({ caseId: full.case.id, compartment, epoch: 1 });

async function write(compartment: DocumentCompartment, field: string): Promise<void> {
	const on = { caseId: full.case.id, compartment, by: full.people.teacher.id, at: full.now() };
	await edit(full.log, on, (doc, by) => replaceText(doc, field, WORDS, by.origin));
}

/** As the teacher's page would, and as a room takes it in. @returns the newest sequence before it */
async function deleteAll(compartment: DocumentCompartment, field: string, at = full.now()): Promise<number> {
	const { documentId, epoch } = (await open(compartment))!;
	const loaded = await full.log.load(documentId);
	const page = replay(loaded);
	const seen = Y.encodeStateVector(page);
	page.getText(field).delete(0, WORDS.length);
	const personId = full.people.teacher.id;
	const replica = new BoardReplica(compartment.kind, loaded, new DeletionWatch(() => {}));
	const applied = replica.apply(Y.encodeStateAsUpdate(page, seen), { personId, sessionId: 'a page' }, at.getTime());
	if (applied.kind !== 'applied') throw new Error(applied.kind);
	const { added: bytes, massDeletion } = applied;
	const updates = [{ bytes, massDeletion, personId, sessionId: null, receivedAt: at }];
	await full.log.append([{ documentId, epoch, updates, newClients: [] }]);
	return loaded.seq;
}

async function goal(): Promise<string> {
	return textOf(replay(await full.log.load((await open(TEAM))!.documentId)), GOAL);
}

test('the lead is told who, when and how much, and going back to just before undoes it and ends the telling', async () => {
	const [deletion, ...others] = await told();
	expect(deletion).toMatchObject({
		...{ placementId: null, seq: before + 1, before, by: full.people.teacher.name, at: full.now().toISOString() },
		deleted: WORDS.length,
	});
	expect([others, deletion!.stood > WORDS.length, await goal()]).toEqual([[], true, '']);
	const answer = await full.request('lead', `/cases/${full.case.id}/history/restore`, { seq: deletion!.before });
	expect([answer.status, await goal(), await told()]).toEqual([204, WORDS, []]);
});

test('what the lead found to be meant is not told again, and that they looked is written down once', async () => {
	await told(); // is read before, and that is written down too
	const entries = await full.entries();
	expect((await dismiss('lead')).status).toBe(204);
	expect([await told(), await full.entries(), (await dismiss('lead')).status]).toEqual([[], entries + 1, 404]);
	const { documentId } = (await open(TEAM))!;
	expect((await auditEntriesOf(db.orm, full.case.id, 1))[0]).toMatchObject({
		action: 'document.dismiss-mass-deletion',
		personId: full.people.lead.id,
		subject: { caseId: full.case.id, documentId, seq: String(before + 1) },
	});
});

test("a placement's is told with its placement, and dismissed there alone", async () => {
	const placementId = full.placements.a.id;
	const compartment = { kind: 'placement', placementId } as const;
	await write(compartment, PURPOSE_TEXT);
	const since = await deleteAll(compartment, PURPOSE_TEXT);
	expect((await told()).map((one) => [one.placementId, one.before])).toEqual([
		[null, before],
		[placementId, since],
	]);
	expect((await dismiss('lead', { placementId, seq: since + 1 })).status).toBe(204);
	expect((await told()).map((one) => one.placementId)).toEqual([null]);
});

test('after a fortnight it is left to the history', async () => {
	await write(TEAM, GOAL);
	const since = await deleteAll(TEAM, GOAL, new Date(full.clock.ms - 15 * DAY_MS));
	expect((await told()).map(({ seq }) => seq)).toEqual([before + 1]);
	expect((await dismiss('lead', { seq: since + 1 })).status).toBe(204);
});

describe('who may', () => {
	test('who reads the plan and does not lead is neither told nor asked', async () => {
		const answer = await full.request('caseWorker', path());
		expect([answer.status, (await dismiss('caseWorker')).status]).toEqual([404, 403]);
		expect(await told()).toHaveLength(1);
	});

	test.each(['mentorA', 'prison', 'stranger', 'otherLead', 'admin'] as const)('%s is told there is no such plan', async (who) => {
		const entries = await full.entries();
		const answers = [await full.request(who, path()), await dismiss(who)];
		expect(answers.map(({ status }) => status)).toEqual([404, 404]);
		expect(foundIn(await answers[0]!.text())).toEqual([]);
		expect(await full.entries()).toBe(entries);
	});
});

test('nothing of it outlives an erased case', async () => {
	await transaction(db, (tx) => eraseCase(tx, full.case.id, full.now()));
	const { rows } = await db.pool.query('select 1 from board_mass_deletion');
	expect(rows).toEqual([]);
});
