/** Scenario 11, restoring: an old copy with unsent words neither duplicates nor brings back anything. docs/guide/sync.md. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { formatDocName } from '../../../board/doc-name.ts';
import { addTask } from '../../../board/edit/task.ts';
import { replaceText } from '../../../board/edit/text.ts';
import { readTasks } from '../../../board/read.ts';
import { transaction } from '../../../db/client.ts';
import { findDocument, lockDocument } from '../../../db/repo/document.ts';
import { replay } from '../../../server/log/replay.ts';
import { restoreDocument } from '../../../server/log/restore.ts';
import { anEditor } from '../../support/board.ts';
import { aDatabase } from '../../support/database.ts';
import { aFullCase, edit, type FullCase } from '../../support/full-case.ts';
import type { StockClient } from '../../support/stock-client.ts';
import { aServer, goalOf, textOf, until, type TestServer } from './a-server.ts';

const db = await aDatabase();
const team = { kind: 'team' } as const;
let full: FullCase;
let server: TestServer;
/** The sequence before the teacher's words. */
let before: number;
let client: StockClient;

beforeAll(async () => {
	full = await aFullCase(db);
	server = await aServer(full.log);
	full.hearers.push((news) => {
		if (news.kind === 'board' && news.writtenIn) server.sync.refresh(news.writtenIn);
	});
});
afterAll(() => server.stop());
beforeEach(async () => {
	before = (await stored()).seq;
	await edit(full.log, { caseId: full.case.id, compartment: team, by: full.people.teacher.id }, (doc, by) => {
		replaceText(doc, 'goal/team', `Ord ${before}`, by.origin);
		addTask(doc, by, { text: `Opgave ${before}` });
	});
	const { documentId } = await stored();
	server.sync.refresh(documentId);
	client = await here();
});

const nameOf = (epoch: number) => formatDocName({ caseId: full.case.id, compartment: team, epoch });
async function stored() {
	const { documentId, epoch } = (await full.log.open({ caseId: full.case.id, compartment: team, epoch: 1 }))!;
	const loaded = await full.log.load(documentId);
	const doc = replay(loaded);
	return { documentId, epoch, seq: loaded.seq, goal: textOf(doc), tasks: readTasks(doc).map(({ text }) => text) };
}
async function here(options: { doc?: StockClient['doc']; connect?: boolean } = {}): Promise<StockClient> {
	const { epoch } = await stored();
	const one = server.client(full.people.teacher.id, { name: nameOf(epoch), ...options });
	if (options.connect !== false) await until(() => one.isSaved() || one.closeCodes.length > 0, 'an answer');
	return one;
}
async function restore(): Promise<void> {
	expect((await full.request('lead', `/cases/${full.case.id}/history/restore`, { seq: before })).status).toBe(204);
}

test('everybody who has the old name open is told to start over, and finds the plan as it was under the new one', async () => {
	const was = await stored();
	const others = await Promise.all([here(), here()]);
	await restore();
	await until(() => [client, ...others].every(({ closeCodes }) => closeCodes.length > 0), 'all told');
	expect([client, ...others].flatMap(({ closeCodes }) => closeCodes)).toEqual([4410, 4410, 4410]);
	const again = await here();
	expect(textOf(again.doc)).not.toBe(was.goal);
	expect(textOf(again.doc)).toBe((await stored()).goal);
	goalOf(again.doc).insert(0, 'Videre. ');
	await until(() => again.isSaved(), 'writing goes on');
	expect((await stored()).goal).toMatch(/^Videre\. /);
});

test('a copy that was away with unsent words comes back: 4410, nothing twice, nothing back, and the words are still its own', async () => {
	client.provider.disconnect();
	goalOf(client.doc).insert(0, 'Usendt. ');
	addTask(client.doc, anEditor(full.people.teacher.id), { text: 'Usendt opgave' });
	await restore();
	const is = await stored();
	client.closeCodes.length = 0;
	client.provider.connect();
	await until(() => client.closeCodes.length > 0, 'told');
	expect(client.closeCodes).toEqual([4410]);
	expect(textOf(client.doc)).toMatch(/^Usendt\. /);
	expect(await stored()).toEqual(is);
});

test('the same copy under the new name is refused as a stranger’s: nothing of it gets in', async () => {
	client.provider.disconnect();
	goalOf(client.doc).insert(0, 'Usendt. ');
	await restore();
	const is = await stored();
	const stubborn = await here({ doc: client.doc });
	await until(() => stubborn.closeCodes.length > 0, 'refused');
	expect(stubborn.closeCodes).toEqual([4400]);
	expect(await stored()).toEqual(is);
});

test('nobody goes on under the client id the new epoch was written under, the lead who began it neither', async () => {
	await restore();
	const is = await stored();
	const copy = replay(await full.log.load(is.documentId));
	const [first] = copy.store.clients.keys();
	copy.clientID = first!;
	const lead = server.client(full.people.lead.id, { name: nameOf(is.epoch), doc: copy });
	await until(() => lead.isSaved(), 'here');
	goalOf(copy).insert(0, 'Som før. ');
	await until(() => lead.closeCodes.length > 0, 'refused');
	expect([lead.closeCodes, await stored()]).toEqual([[4400], is]);
});

test('words that are being stored while the plan is taken back are not stored, and not called saved', async () => {
	const { documentId } = await stored();
	const acknowledged = client.acknowledged();
	await transaction(db, async (tx) => {
		await lockDocument(tx, documentId);
		goalOf(client.doc).insert(0, 'For sent. ');
		await until(() => client.sent() > acknowledged, 'sent');
		const waits = async () =>
			(
				await db.pool.query(
					`select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%insert into board_update%'`,
				)
			).rowCount;
		for (let looks = 0; (await waits()) === 0; looks++) if (looks > 5_000) throw new Error('no append waits');
		const document = (await findDocument(tx, full.case.id, team))!;
		const key = await full.keys.open(tx, document.dataKeyId);
		const by = { personId: full.people.lead.id, sessionId: 's', at: full.now() };
		expect(await restoreDocument(tx, key, document, by, before)).toBe('restored');
	});
	await until(() => client.closeCodes.length > 0, 'told');
	expect([client.closeCodes, client.acknowledged()]).toEqual([[4410], acknowledged]);
	const is = await stored();
	expect(is.goal).not.toContain('For sent');
	expect(textOf((await here()).doc)).toBe(is.goal);
});
