/** After a backup was restored: pages that were open before are ahead of the log. docs/guide/operations.md, "Backup and restore". */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { formatDocName } from '../../../board/doc-name.ts';
import { addDraft } from '../../../board/edit/draft.ts';
import { replaceText } from '../../../board/edit/text.ts';
import { draftTextName } from '../../../board/schema.ts';
import { auditEntriesOf } from '../../../db/repo/audit.ts';
import { loadMassDeletions } from '../../../db/repo/mass-deletion.ts';
import type { HistoryView } from '../../../server/api/history-view.ts';
import { closeOldPages } from '../../../server/log/close-old-pages.ts';
import { replay } from '../../../server/log/replay.ts';
import type { CaseBoard } from '../../../server/queries/case/case-board.ts';
import { anEditor } from '../../support/board.ts';
import { aDatabase } from '../../support/database.ts';
import { aFullCase, type FullCase } from '../../support/full-case.ts';
import type { StockClient } from '../../support/stock-client.ts';
import { aServer, textOf, until, type TestServer } from './a-server.ts';

const HOUR_MS = 3_600_000;
const db = await aDatabase();
const team = { kind: 'team' } as const;
let full: FullCase;
let server: TestServer;
/** What the teacher's page holds: all the backup has, and what a colleague wrote after it was taken. */
let page: Y.Doc;

beforeAll(async () => {
	full = await aFullCase(db);
	server = await aServer(full.log);
});
afterAll(() => server.stop());
beforeEach(async () => {
	full.clock.ms += HOUR_MS;
	const { doc } = await stored();
	const colleague = new Y.Doc();
	Y.applyUpdate(colleague, Y.encodeStateAsUpdate(doc));
	const { origin } = anEditor(full.people.psychologist.id);
	replaceText(colleague, 'goal/team', 'Det kollegaen skrev bagefter', origin);
	page = new Y.Doc();
	Y.applyUpdate(page, Y.encodeStateAsUpdate(colleague));
});

const close = () => closeOldPages(db, full.keys, full.now());
async function stored() {
	const { documentId, epoch } = (await full.log.open({ caseId: full.case.id, compartment: team, epoch: 1 }))!;
	const loaded = await full.log.load(documentId);
	const doc = replay(loaded);
	return { documentId, epoch, seq: loaded.seq, goal: textOf(doc), doc };
}
async function comes(epoch: number, doc: Y.Doc = page): Promise<StockClient> {
	const name = formatDocName({ caseId: full.case.id, compartment: team, epoch });
	const one = server.client(full.people.teacher.id, { name, doc });
	await until(() => one.isSaved() || one.closeCodes.length > 0, 'an answer');
	return one;
}

test('a page that is ahead of the log is told to start over, and nothing it held gets in, under the new name neither', async () => {
	const was = await stored();
	expect(await close()).toEqual({ documents: 5, failed: [] });
	expect((await comes(was.epoch)).closeCodes).toEqual([4410]);
	const is = await stored();
	expect((await comes(is.epoch)).closeCodes).toEqual([4400]);
	const newcomer = await comes(is.epoch, new Y.Doc());
	expect([newcomer.closeCodes, textOf(newcomer.doc)]).toEqual([[], was.goal]);
	const { goal, seq } = await stored();
	expect([goal, seq]).toEqual([was.goal, was.seq + 1]);
});

test('no epoch that began after the backup was taken begins again, also when that backup is restored twice', async () => {
	const { documentId, epoch } = await stored();
	await close();
	expect((await comes(epoch + 1)).closeCodes).toEqual([4410]);
	const first = await stored();
	await db.pool.query('update board_document set epoch = $2 where id = $1', [documentId, epoch]);
	full.clock.ms += HOUR_MS;
	await close();
	expect((await comes(first.epoch)).closeCodes).toEqual([4410]);
	expect((await stored()).goal).toBe(first.goal);
});

test('who starts over is told that it was nobody’s doing, and so is who reads the history', async () => {
	await close();
	const { case: theCase } = full;
	const board = (await (await full.request('teacher', `/cases/${theCase.id}/board`)).json()) as CaseBoard;
	const restored = { by: null, at: full.now().toISOString(), backTo: expect.any(String) };
	expect(board.documents.find(({ compartment }) => compartment === 'team')).toMatchObject({ restored });
	const { moments } = (await (await full.request('lead', `/cases/${theCase.id}/history`)).json()) as HistoryView;
	expect(moments.at(-1)).toMatchObject({ personId: null, backTo: expect.any(String), changes: [] });
	const entry = (await auditEntriesOf(db.orm, theCase.id, 50)).find(({ action }) => action === 'document.restore');
	expect(entry).toMatchObject({ personId: null, subject: { caseId: theCase.id } });
});

test('a mass deletion that nobody has looked at still waits', async () => {
	const { documentId, epoch, seq } = await stored();
	const by = full.people.teacher.id;
	const massDeletion = { sinceSeq: seq, stood: 400, deleted: 300 };
	const update = {
		bytes: Y.encodeStateAsUpdate(new Y.Doc()),
		personId: by,
		sessionId: null,
		receivedAt: full.now(),
		massDeletion,
	};
	await full.log.append([{ documentId, epoch, updates: [update], newClients: [] }]);
	await close();
	expect(await loadMassDeletions(db.orm, [documentId], full.now())).toMatchObject([{ ...massDeletion, personId: by }]);
});

test('a document that cannot be read is named, and the others go on', async () => {
	const { documentId } = (await full.log.open({ caseId: full.otherCase.id, compartment: team, epoch: 1 }))!;
	const before = await stored();
	await db.pool.query('update board_document set seq = seq + 1 where id = $1', [documentId]);
	const closed = await close();
	await db.pool.query('update board_document set seq = seq - 1 where id = $1', [documentId]);
	expect(closed).toEqual({ documents: 4, failed: [{ documentId, reason: 'LogBroken' }] });
	expect((await stored()).epoch).toBeGreaterThan(before.epoch);
});

test('a document that fails otherwise fails the command, when all the others have gone on', async () => {
	const { documentId } = (await full.log.open({ caseId: full.otherCase.id, compartment: team, epoch: 1 }))!;
	const epochs = async () =>
		(await db.pool.query<{ id: string; epoch: number }>('select id, epoch from board_document order by id')).rows;
	const before = await epochs();
	await db.pool.query(`create function fail_here() returns trigger language plpgsql as $$ begin
		if new.document_id = '${documentId}' then raise exception 'not this one'; end if; return new; end $$;
		create trigger fail_here before insert on board_epoch for each row execute function fail_here()`);
	await expect(close()).rejects.toThrow(documentId);
	await db.pool.query('drop function fail_here cascade');
	const stayed = (await epochs()).filter(({ epoch }, index) => epoch === before[index]!.epoch);
	expect(stayed.map(({ id }) => id)).toEqual([documentId]);
});

test('drafts begun after the backup may come in again from the page of their owner: where its first row is overruled by the new one', async () => {
	const { id: personId } = full.people.teacher;
	const mine = { caseId: full.case.id, compartment: { kind: 'private', personId }, epoch: 1 } as const;
	const made = async () => {
		const { documentId } = (await full.log.open(mine))!;
		const loaded = await full.log.load(documentId);
		const [seededAs] = [...loaded.clients].find(([, owner]) => owner === null)!;
		return { documentId, seededAs, doc: replay(loaded) };
	};
	const old = await made();
	const { id } = addDraft(old.doc, anEditor(personId), { kind: 'fact', track: null, text: 'Begyndt efter kopien' });
	for (const table of ['board_projection', 'board_client', 'board_update'])
		await db.pool.query(`delete from ${table} where document_id = $1`, [old.documentId]);
	await db.pool.query('delete from board_document where id = $1', [old.documentId]);
	await close();
	const one = server.client(personId, { name: formatDocName(mine), doc: old.doc });
	await until(() => one.isSaved() || one.closeCodes.length > 0, 'an answer');
	const anew = await made();
	const isOverruled = old.seededAs < anew.seededAs; // as Yjs has it of two that set the same
	expect(one.closeCodes).toEqual(isOverruled ? [] : [4400]);
	expect(anew.doc.getText(draftTextName(id)).toJSON()).toBe(isOverruled ? 'Begyndt efter kopien' : '');
});
