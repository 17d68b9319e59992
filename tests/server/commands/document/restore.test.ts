/** Taking a whole plan back through the API (`handleRestore`, `readRestoreQuestion`): the lead alone, and nothing of the past is lost. */
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addTask } from '../../../../board/edit/task.ts';
import { replaceText } from '../../../../board/edit/text.ts';
import { textOf } from '../../../../board/entries.ts';
import { readTasks } from '../../../../board/read.ts';
import { goalTextName } from '../../../../board/schema.ts';
import { transaction } from '../../../../db/client.ts';
import { auditEntriesOf } from '../../../../db/repo/audit.ts';
import { closeCase } from '../../../../db/repo/case.ts';
import type { HistoryView, RestoreQuestion } from '../../../../server/api/history-view.ts';
import { replay } from '../../../../server/log/replay.ts';
import { NOON } from '../../../support/case-builders.ts';
import { aDatabase } from '../../../support/database.ts';
import { aFullCase, edit, foundIn, type FullCase, type Who } from '../../../support/full-case.ts';

const HOUR_MS = 3_600_000;
const GOAL = goalTextName('team');
const db = await aDatabase();
let full: FullCase;
/** The plan before the teacher wrote in it. */
let before: number;

beforeAll(async () => {
	full = await aFullCase(db);
});
beforeEach(async () => {
	before = (await plan()).seq;
	full.clock.ms += HOUR_MS;
	await write('teacher', `Ord ${before}`);
});

const path = (rest = '') => `/cases/${full.case.id}/history${rest}`;
const restore = (who: Who, seq: number, more: object = {}) => full.request(who, path('/restore'), { seq, ...more });
const ask = (who: Who, seq: number) => full.request(who, path(`/restore?seq=${seq}`));
const view = async (rest = '') => (await (await full.request('lead', path(rest))).json()) as HistoryView;
const goalIn = ({ shown }: HistoryView) => (shown && 'goal' in shown.rows ? shown.rows.goal.team : undefined);

async function write(who: Who, words: string): Promise<void> {
	const on = { caseId: full.case.id, compartment: { kind: 'team' }, by: full.people[who].id, at: full.now() } as const;
	await edit(full.log, on, (doc, by) => {
		replaceText(doc, GOAL, words, by.origin);
		addTask(doc, by, { text: `Opgave: ${words}`, owner: full.people[who].id });
	});
}
async function plan() {
	const { documentId, epoch } = (await full.log.open({ caseId: full.case.id, compartment: { kind: 'team' }, epoch: 1 }))!;
	const loaded = await full.log.load(documentId);
	const doc = replay(loaded);
	return { documentId, epoch, seq: loaded.seq, goal: textOf(doc, GOAL), tasks: readTasks(doc), doc };
}

test('the plan stands as it did, under a new epoch, with every mark as it was', async () => {
	await restore('lead', before);
	const was = await plan();
	full.clock.ms += HOUR_MS;
	await write('psychologist', 'Helt andet');
	const [entry] = await auditEntriesOf(db.orm, full.case.id, 50);
	expect((await restore('lead', was.seq)).status).toBe(204);
	const is = await plan();
	expect([is.goal, is.tasks, is.epoch]).toEqual([was.goal, was.tasks, was.epoch + 1]);
	const [written, second] = (await auditEntriesOf(db.orm, full.case.id, 50)).filter((one) => one.position > entry!.position);
	expect([written, second]).toMatchObject([
		{ action: 'document.restore', personId: full.people.lead.id, subject: { documentId: is.documentId, seq: String(was.seq) } },
		undefined,
	]);
	expect(full.announced.at(-1)).toMatchObject({ kind: 'board', caseId: full.case.id, writtenIn: is.documentId });
	expect((await full.log.readProjection(db.orm, is.documentId))?.projection).toMatchObject({ goal: { team: was.goal } });
});

test('its document shares nothing with the one before it', async () => {
	const was = new Set((await plan()).doc.store.clients.keys());
	await restore('lead', before);
	expect([...(await plan()).doc.store.clients.keys()].filter((client) => was.has(client))).toEqual([]);
});

test('history goes on over it: what was before is read, what was done is told, and one can go back again', async () => {
	const { seq: last, goal } = await plan();
	full.clock.ms += HOUR_MS;
	await restore('lead', before);
	full.clock.ms += HOUR_MS;
	await write('caseWorker', 'Efter');
	const { moments } = await view();
	const at = moments.findIndex(({ firstSeq }) => firstSeq === last + 1);
	expect(moments[at]).toMatchObject({ personId: full.people.lead.id, backTo: expect.any(String), lastSeq: last + 1 });
	expect(moments[at]!.changes.find(({ field }) => field === GOAL)?.words.before).toMatchObject({ said: goal });
	expect(moments[at + 1]).toMatchObject({ personId: full.people.caseWorker.id, backTo: null });
	expect(goalIn(await view(`?at=${last}`))).toBe(goal);
	expect(goalIn(await view())).toBe('Efter');
	expect((await restore('lead', last)).status).toBe(204);
	expect((await plan()).goal).toBe(goal);
});

test('a checkpoint of what was is not taken for a part of what is', async () => {
	const was = await plan();
	const { encodeStateV2 } = await import('../../../../board/encode-state.ts');
	await full.log.checkpoint(was.documentId, encodeStateV2(was.doc), was.seq);
	await restore('lead', before);
	const is = await plan();
	await full.log.checkpoint(was.documentId, encodeStateV2(is.doc), is.seq);
	expect((await plan()).goal).toBe(is.goal);
	expect(goalIn(await view(`?at=${was.seq}`))).toBe(was.goal);
});

test('the question says what would change, in words, and who is there now', async () => {
	const { documentId, goal } = await plan();
	full.connected.set(documentId, [full.people.teacher.id]);
	const asked = (await (await ask('lead', before)).json()) as RestoreQuestion;
	expect(asked.connected).toEqual([full.people.teacher.name]);
	expect(asked.changes.find(({ field }) => field === GOAL)?.words.before).toMatchObject({ said: goal });
	expect((await plan()).goal).toBe(goal);
});

describe('who may', () => {
	test('who reads the plan and does not lead is refused, and gets no question', async () => {
		expect((await restore('caseWorker', before)).status).toBe(403);
		expect((await ask('caseWorker', before)).status).toBe(404);
	});

	test.each(['mentorA', 'prison', 'stranger', 'otherLead', 'admin'] as const)('%s is told there is no such plan', async (who) => {
		const entries = await full.entries();
		const answers = [await restore(who, before), await ask(who, before)];
		expect(answers.map(({ status }) => status)).toEqual([404, 404]);
		expect(foundIn(await answers[1]!.text())).toEqual([]);
		expect(await full.entries()).toBe(entries);
	});

	test('a placement is taken back by itself', async () => {
		const placementId = full.placements.a.id;
		const answer = await restore('lead', 1, { placementId });
		expect(answer.status).toBe(204);
		const { documentId } = (await full.log.open({
			caseId: full.case.id,
			compartment: { kind: 'placement', placementId },
			epoch: 1,
		}))!;
		expect((await full.log.readProjection(db.orm, documentId))?.projection).toMatchObject({ purpose: '' });
		expect((await plan()).goal).toBe(`Ord ${before}`);
	});

	test('a point that is not reached, and one where the plan stood as it does, are refused', async () => {
		const { seq, epoch } = await plan();
		for (const to of [seq, 99_999]) {
			const answer = await restore('lead', to);
			expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([409, 'not-to-restore']);
		}
		expect((await plan()).epoch).toBe(epoch);
	});

	test('a closed case stays as it is', async () => {
		await transaction(db, (tx) => closeCase(tx, full.case.id, new Date(NOON)));
		const answer = await restore('lead', before);
		expect(((await answer.json()) as { code: string }).code).toBe('case-closed');
	});
});
