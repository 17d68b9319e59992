/** Scenario 2 (docs/guide/sync-scenarios.md), on a real database: it stands still, its disk is full, it breaks off in the middle of a commit. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { Client } from 'pg';
import { replay } from '../../../server/log/replay.ts';
import { allWordsOf, Writer } from '../../soak/writer.ts';
import { taskTextName } from '../../../board/schema.ts';
import type { TaskId } from '../../../domain/ids.ts';
import { aDatabase } from '../../support/database.ts';
import { SeededRandom } from '../../support/seeded-random.ts';
import { aServer, goalOf, textOf, until } from './a-server.ts';
import { realDocuments, type RealDocument } from './real-documents.ts';
import type { StockClient } from '../../support/stock-client.ts';

const PEOPLE = 3;
const db = await aDatabase();
const { log, documents, people } = await realDocuments(db, { cases: 3, people: PEOPLE });
const random = new SeededRandom(2);
const server = await aServer(log);
/** Somebody who stands beside: an operator, or whatever else hits the database. */
const beside = new Client({ connectionString: db.url });
await beside.connect();
afterAll(async () => {
	await beside.end();
	await server.stop();
});

let document: RealDocument;
let here: readonly StockClient[];
let tests = 0;
beforeEach(async () => {
	document = documents[tests++]!;
	here = people.map((personId) => server.client(personId, { name: document.name }));
	await until(() => here.every((client) => client.isSaved()), 'all here');
});

const told = (isDurable: boolean) => until(() => here.every((client) => client.isDurable() === isDurable), `told ${isDurable}`);
const stored = async () => textOf(replay(await log.load(document.documentId)));

/** While the trouble lasts nobody is told anything but that; afterwards each word is there once. */
async function expectPatience(goesOn: () => Promise<unknown>): Promise<void> {
	const [one, other] = here as [StockClient, StockClient];
	goalOf(one.doc).insert(0, 'one ');
	await told(false);
	goalOf(other.doc).insert(0, 'other ');
	await sleep(50);
	expect(here.map(({ doc }) => textOf(doc))).toEqual(['one ', 'other ', '']);
	expect([one.isSaved(), other.isSaved()]).toEqual([false, false]);
	await goesOn();
	await until(() => one.isSaved() && other.isSaved(), 'saved');
	await told(true);
	await until(() => new Set(here.map(({ doc }) => textOf(doc))).size === 1, 'all read the same');
	expect(await stored()).toBe(textOf(one.doc));
	expect((await stored()).split(' ').toSorted()).toEqual(['', 'one', 'other']);
	expect(here.flatMap(({ closeCodes }) => closeCodes)).toEqual([]);
}

test('a database that stands still: nobody is told anything but that, and afterwards each word is there once', async () => {
	await beside.query('begin');
	await beside.query('lock table board_update in access exclusive mode');
	await expectPatience(() => beside.query('commit'));
});

test('a disk that is full: the same', async () => {
	await beside.query(`create function full_disk() returns trigger language plpgsql as
		$$ begin raise exception 'could not extend file: No space left on device' using errcode = 'disk_full'; end $$`);
	await beside.query('create trigger full_disk before insert on board_update execute function full_disk()');
	await expectPatience(() => beside.query('drop trigger full_disk on board_update'));
	expect(server.failures.some((failure) => /append/.test(String(failure)))).toBe(true);
});

test('connections that break in the middle of commits, again and again: each word is there once', async () => {
	const writers = here.map((client) => new Writer(client, document.name, random));
	const kill = `select pg_terminate_backend(pid) from pg_stat_activity
		where datname = current_database() and pid <> pg_backend_pid() and query like '%insert into board_update%'`;
	let kills = 0;
	for (let round = 0; round < 10; round++) {
		await until(() => here.every((client) => client.isSaved()), 'saved again');
		const text = taskTextName(random.uuid() as TaskId);
		for (let count = 0; count < 5; count++) {
			for (const [index, writer] of writers.entries()) writer.write(text, `<${round}.${index}.${count}>`);
			await sleep(random.below(4));
		}
		kills += (await beside.query(kill)).rowCount ?? 0;
		for (const writer of writers) writer.notice();
	}
	expect(kills).toBeGreaterThan(5);
	await until(() => here.every((client) => client.isSaved()), 'saved', 30_000);
	const written = writers.flatMap((writer) => [...writer.written]);
	expect(allWordsOf(replay(await log.load(document.documentId))).toSorted()).toEqual(written.toSorted());
	for (const { doc } of here) expect(allWordsOf(doc).toSorted()).toEqual(written.toSorted());
	expect(writers.every(({ acknowledged }) => acknowledged.size > 0)).toBe(true);
});
