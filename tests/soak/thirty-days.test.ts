/**
 * Thirty days of writing, a million edits, on the built product: what it keeps in memory and for a document stays in bounds.
 * `npm run soak thirty`.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { taskTextName } from '../../board/schema.ts';
import { openDatabase } from '../../db/client.ts';
import { startEmbedded } from '../../db/embedded.ts';
import type { TaskId } from '../../domain/ids.ts';
import type { CaseBoard, CaseList } from '../../server/api/case-board.ts';
import { residentKb } from '../../bench/peers/processes.ts';
import { heldMegabytes, INSPECTED } from '../support/held-memory.ts';
import { SeededRandom } from '../support/seeded-random.ts';
import { aDataDir, discard, type RunningServer, startServer } from '../support/server.ts';
import { type ApiCaller, apiAs } from '../support/signed-in.ts';
import { aStockClient, type StockClient } from '../support/stock-client.ts';

const DAYS = 30;
const EDITS = 1_000_000;
const ACCOUNTS = ['leder', 'underviser', 'jobkonsulent'];
const BOARDS = 30;
const EDITS_A_DAY = Math.ceil(EDITS / DAYS / (BOARDS * ACCOUNTS.length));
/** A person pauses: frames on their way at most. */
const IN_FLIGHT = 40;
/** Characters; then the text is written anew, as a line of the week is. */
const FULL = 300;
/** What is held after so many days is compared with what is held after the last. */
const WARM_DAYS = 3;
const PATIENCE_MS = 120_000;

const random = new SeededRandom(30);
const dataDir = aDataDir();
let server: RunningServer | undefined;

afterAll(async () => {
	await server?.stop();
	await discard(dataDir);
}, 60_000);

test('after thirty days and a million edits memory is back and no document has grown by what was written over', async () => {
	await (await startServer(dataDir)).stop(); // what writing the demonstration took is not what a day takes
	server = await startServer(dataDir, INSPECTED);
	const callers = await Promise.all(ACCOUNTS.map((account) => apiAs(server!.url, account)));
	const people = callers.map(({ cookie }) => ({ cookie, task: taskTextName(random.uuid() as TaskId) }));
	const lead = callers[0]!;
	const { cases } = await lead.get<CaseList>('/cases');
	const documents = await Promise.all(cases.slice(0, BOARDS).map(({ id }) => teamDocumentOf(id, lead)));
	expect(documents).toHaveLength(BOARDS);

	const held: number[] = [];
	for (let day = 1; day <= DAYS; day++) {
		await Promise.all(documents.map((name) => aDayOf(name, people)));
		await roomsAreGone();
		held.push(await heldMegabytes(server));
		console.log(`day ${day}: holds ${held.at(-1)!.toFixed(1)} MB; ${(residentKb(server.pid) / 1000).toFixed(0)} MB resident`);
	}
	expect(held.at(-1)).toBeLessThan(held[WARM_DAYS - 1]! * 1.1);

	await server.stop();
	await expectBoundedTables();
});

/** Where somebody writes, in every document. */
interface Person {
	readonly cookie: string;
	readonly task: string;
}

async function teamDocumentOf(caseId: string, lead: ApiCaller): Promise<string> {
	const { documents } = await lead.get<CaseBoard>(`/cases/${caseId}/board`);
	return documents.find(({ compartment }) => compartment === 'team')!.name;
}

/** Everybody comes, writes over what they wrote before, and leaves when it is stored and all read the same. */
async function aDayOf(name: string, people: readonly Person[]): Promise<void> {
	const { url } = server!;
	const clients = people.map(({ cookie }) => aStockClient({ serverUrl: url.replace('http', 'ws'), name, cookie, origin: url }));
	await until(() => clients.every(({ provider }) => provider.synced), `everybody is at ${name}`);
	await Promise.all(clients.map((client, index) => writes(client, people[index]!.task)));
	await until(() => clients.every((client) => client.isSaved()), `${name} is stored`);
	const read = (client: StockClient) => JSON.stringify(people.map(({ task }) => client.doc.getText(task).toJSON()));
	await until(() => new Set(clients.map(read)).size === 1, `all read the same in ${name}`);
	expect(clients.flatMap(({ closeCodes }) => closeCodes)).toEqual([]);
	for (const client of clients) client.destroy();
}

async function writes(client: StockClient, task: string): Promise<void> {
	const text = client.doc.getText(task);
	for (let count = 0; count < EDITS_A_DAY; count++) {
		while (client.sent() - client.acknowledged() > IN_FLIGHT) await sleep(2);
		if (text.length >= FULL) text.delete(0, text.length);
		else text.insert(random.below(text.length + 1), 'abcdefghij'[count % 10]!);
	}
}

async function roomsAreGone(): Promise<void> {
	const scrape = async () => (await fetch(`${server!.url}/metrics`)).text();
	for (const deadline = Date.now() + PATIENCE_MS; !/^tavle_rooms 0$/m.test(await scrape()); await sleep(500))
		if (Date.now() > deadline) throw new Error('rooms are still open');
}

/** Rows are kept, so the log grows with what was written; nothing else may, and no row with what stands before it. */
async function expectBoundedTables(): Promise<void> {
	const embedded = await startEmbedded({ dataDir });
	const db = openDatabase(embedded.url);
	try {
		const { rows: log } = await db.pool.query<{ edits: string; first: number; last: number }>(`
			with numbered as (select octet_length(sealed) as bytes, ntile(10) over (partition by document_id order by seq) as tenth
				from board_update where session_id is not null)
			select count(*) as edits, avg(bytes) filter (where tenth = 2) as first, avg(bytes) filter (where tenth = 10) as last from numbered`);
		const { rows: states } = await db.pool.query<{ first: number; last: number; behind: number }>(`
			with states as (select document_id, seq, octet_length(sealed) as bytes,
				ntile(10) over (partition by document_id order by seq) as tenth from board_checkpoint)
			select avg(bytes) filter (where tenth = 2) as first, avg(bytes) filter (where tenth = 10) as last,
				(select max(d.seq - s.seq) from board_document d join (select document_id, max(seq) as seq from states group by 1) s on s.document_id = d.id) as behind
			from states`);
		const [written, kept] = [log[0]!, states[0]!];
		console.log(
			`${written.edits} edits; a row ${Number(written.first).toFixed(0)} bytes early, ${Number(written.last).toFixed(0)} late; ` +
				`a checkpoint ${Number(kept.first).toFixed(0)} bytes early, ${Number(kept.last).toFixed(0)} late; ${kept.behind} rows since the last at most`,
		);
		expect(Number(written.edits)).toBeGreaterThanOrEqual(EDITS);
		expect(Number(written.last)).toBeLessThan(Number(written.first) * 1.3);
		// What was written over is gone, but for the names of those who wrote and where.
		expect(Number(kept.last)).toBeLessThan(Number(kept.first) * 4);
		expect(Number(kept.behind)).toBeLessThanOrEqual(600);
	} finally {
		await db.close();
		await embedded.stop();
	}
}

async function until(holds: () => boolean, what: string): Promise<void> {
	for (const deadline = Date.now() + PATIENCE_MS; !holds(); await sleep(20)) {
		if (Date.now() > deadline) throw new Error(`Not in time: ${what}\n${server!.output()}`);
	}
}
