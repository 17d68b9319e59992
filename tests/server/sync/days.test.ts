/** Scenario 12 (docs/guide/sync-scenarios.md) in short; `npm run soak thirty` is the whole of it, with the memory of the process. */
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { setTimeout as sleep } from 'node:timers/promises';
import { taskTextName } from '../../../board/schema.ts';
import type { TaskId } from '../../../domain/ids.ts';
import { replay } from '../../../server/log/replay.ts';
import { ROOM_LINGER_MS } from '../../../server/sync/limits.ts';
import { aDatabase } from '../../support/database.ts';
import { SeededRandom } from '../../support/seeded-random.ts';
import type { StockClient } from '../../support/stock-client.ts';
import { aServer, until } from './a-server.ts';
import { realDocuments } from './real-documents.ts';

const DAYS = 4;
const PEOPLE = 3;
/** Together more than the five hundred rows after which a checkpoint is due. */
const EDITS_A_DAY = 220;
const FULL = 60;
const IN_FLIGHT = 20;

const db = await aDatabase();
const { log, documents, people } = await realDocuments(db, { cases: 2, people: PEOPLE });
const random = new SeededRandom(12);
const tasks = people.map(() => taskTextName(random.uuid() as TaskId));
const server = await aServer(log);
afterEach(() => vi.useRealTimers());
afterAll(() => server.stop());

/** As people type: at the end, seldom elsewhere. What was torn up stays as a piece of some bytes in every Yjs document. */
async function writes({ doc, sent, acknowledged }: StockClient, task: string): Promise<void> {
	const text = doc.getText(task);
	for (let edit = 0; edit < EDITS_A_DAY; edit++) {
		while (sent() - acknowledged() > IN_FLIGHT) await sleep(1);
		if (text.length >= FULL) text.delete(0, text.length);
		else text.insert(random.chance(0.02) ? 0 : text.length, 'abcdefghij'[edit % 10]!);
	}
}

/** Everybody comes, writes over what they wrote before, and goes. */
async function aDayOf(name: string): Promise<void> {
	const here = people.map((personId) => server.client(personId, { name }));
	await until(() => here.every((client) => client.isSaved()), 'all here');
	await Promise.all(here.map((client, index) => writes(client, tasks[index]!)));
	await until(() => here.every((client) => client.isSaved()), 'all stored');
	expect(here.flatMap(({ closeCodes }) => closeCodes)).toEqual([]);
	for (const client of here) client.destroy();
}

async function nightFalls(): Promise<void> {
	await until(() => server.sync.stats().sockets === 0, 'everybody has gone');
	vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ROOM_LINGER_MS + 1_000 });
	await until(() => server.sync.stats().rooms === 0, 'no room is left');
	vi.useRealTimers();
}

test('days of writing over what was written leave no room behind, a checkpoint without what was written over, and nothing to read after it', async () => {
	for (let day = 0; day < DAYS; day++) {
		await Promise.all(documents.map(({ name }) => aDayOf(name)));
		await nightFalls();
	}
	expect(server.sync.stats()).toEqual({ rooms: 0, sockets: 0, notDurableRooms: 0, bufferedBytes: 0, waitingMs: 0 });
	for (const { documentId } of documents) {
		const { rows } = await db.pool.query<{ seq: string; bytes: number }>(
			'select seq, octet_length(sealed) as bytes from board_checkpoint where document_id = $1 order by seq',
			[documentId],
		);
		const loaded = await log.load(documentId);
		expect(loaded.seq, 'every edit is a row').toBeGreaterThanOrEqual(DAYS * PEOPLE * EDITS_A_DAY);
		expect(rows.length, 'one or two a day').toBeGreaterThanOrEqual(2 * DAYS);
		expect([Number(rows.at(-1)!.seq), loaded.updates]).toEqual([loaded.seq, []]);
		expect(rows.at(-1)!.bytes, 'less than the letters that were ever written').toBeLessThan(DAYS * PEOPLE * EDITS_A_DAY);
		const doc = replay(loaded);
		expect(tasks.every((task) => doc.getText(task).length <= FULL)).toBe(true);
	}
	expect(server.failures).toEqual([]);
});
