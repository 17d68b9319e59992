/** The built product, killed again and again while people write. `npm run soak`. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { taskTextName } from '../../board/schema.ts';
import type { TaskId } from '../../domain/ids.ts';
import type { CaseBoard, CaseList } from '../../server/api/case-board.ts';
import { SeededRandom } from '../support/seeded-random.ts';
import { aDataDir, discard, postmasters, type RunningServer, startServer } from '../support/server.ts';
import { type ApiCaller, apiAs } from '../support/signed-in.ts';
import { aStockClient, type StockClient } from '../support/stock-client.ts';
import { allWordsOf, Writer } from './writer.ts';

const ROUNDS = 20;
const ACCOUNTS = ['leder', 'underviser', 'mentor', 'jobkonsulent', 'sagsbehandler'];
const CITIZENS = ['Amina Holm', 'Bjarke Nygaard'];
const BACK_MS = 30_000;
/** Words of one person in one task: five of them stay below what the server takes of a text. */
const WORDS_A_TASK = 15;

const random = new SeededRandom(7);
const dataDir = aDataDir();
const writers: Writer[] = [];
const totals = { inFlight: 0, acknowledged: 0, seen: 0, leastInFlight: Infinity, restartsMs: [] as number[] };
let server: RunningServer;
let cookie = '';

afterAll(async () => {
	for (const { client } of writers) client.destroy();
	await (server as RunningServer | undefined)?.stop();
	await discard(dataDir);
}, 60_000);

test('killed twenty times under load, the product loses nothing acknowledged or seen, and stores each word once', async () => {
	server = await startServer(dataDir);
	const { port } = new URL(server.url);
	await everybodyOpens();
	for (let round = 0; round < ROUNDS; round++) {
		await until(() => writers.every(({ client }) => client.isSaved()), `everybody is back in round ${round}`);
		await load(round, 50 + random.below(350));
		await kill(round % 2 === 1);
		const beganMs = Date.now();
		server = await startServer(dataDir, { PORT: port });
		totals.restartsMs.push(Date.now() - beganMs);
		await expectNothingLost(round);
		for (const { client } of writers) client.provider.connect();
	}
	await until(() => writers.every(({ client }) => client.isSaved()), 'everything is stored in the end');
	await expectEveryWordOnce();
	await server.stop();
	server = await startServer(dataDir, { PORT: port });
	await expectEveryWordOnce();
	report();
});

/** Each person at both boards, with the cookie a browser would have. */
async function everybodyOpens(): Promise<void> {
	const people = await Promise.all(ACCOUNTS.map((account) => apiAs(server.url, account)));
	const [lead] = people as [ApiCaller, ...ApiCaller[]];
	cookie = lead.cookie;
	const { cases } = await lead.get<CaseList>('/cases');
	for (const { id } of cases.filter(({ citizenName }) => CITIZENS.includes(citizenName))) {
		const { documents } = await lead.get<CaseBoard>(`/cases/${id}/board`);
		const name = documents.find(({ compartment }) => compartment === 'team')!.name;
		for (const person of people) writers.push(new Writer(aClient(name, person.cookie), name, random));
	}
	expect(writers).toHaveLength(ACCOUNTS.length * CITIZENS.length);
}

function aClient(name: string, as: string): StockClient {
	return aStockClient({ serverUrl: server.url.replace('http', 'ws'), name, cookie: as, origin: server.url });
}

/** Everybody types until the moment of the kill. */
async function load(round: number, forMs: number): Promise<void> {
	const aText = () => taskTextName(random.uuid() as TaskId);
	const endMs = Date.now() + forMs;
	let text = aText();
	for (let count = 0; Date.now() < endMs; count++) {
		if (count > 0 && count % WORDS_A_TASK === 0) text = aText();
		for (const [index, writer] of writers.entries()) {
			writer.notice();
			writer.write(text, `<${round}.${index}.${count}>`);
		}
		await sleep(5);
	}
	for (const [index, writer] of writers.entries()) writer.write(text, `<${round}.${index}.last>`);
}

/** With words under way from everybody; nobody comes back before it was looked at what is stored. */
async function kill(withDatabase: boolean): Promise<void> {
	const inFlight = writers.reduce((sum, writer) => sum + writer.inFlight(), 0);
	expect(inFlight, 'edits under way at the kill').toBeGreaterThan(0);
	totals.inFlight += inFlight;
	totals.leastInFlight = Math.min(totals.leastInFlight, inFlight);
	const database = withDatabase ? postmasters(dataDir) : [];
	for (const pid of database) process.kill(pid, 'SIGKILL');
	await server.signal('SIGKILL');
	for (const writer of writers) {
		writer.notice();
		writer.forgetSocket();
		writer.client.provider.disconnect();
	}
}

/** Looks through the product's own door, with a client that brings nothing. */
async function storedIn(name: string): Promise<string[]> {
	const witness = aClient(name, cookie);
	await until(() => witness.provider.synced, `${name} can be read`);
	const words = allWordsOf(witness.doc);
	witness.destroy();
	return words;
}

async function expectNothingLost(round: number): Promise<void> {
	for (const name of new Set(writers.map(({ document }) => document))) {
		const words = await storedIn(name);
		const stored = new Set(words);
		expect(words.length, `each word once after round ${round}`).toBe(stored.size);
		for (const writer of writers.filter(({ document }) => document === name)) {
			const missing = (expected: Iterable<string>) => [...expected].filter((word) => !stored.has(word));
			expect(missing(writer.seen()), `seen by a colleague before kill ${round}, but not stored`).toEqual([]);
			expect(missing(writer.acknowledged), `said to be stored before kill ${round}, but not stored`).toEqual([]);
		}
	}
}

async function expectEveryWordOnce(): Promise<void> {
	for (const name of new Set(writers.map(({ document }) => document))) {
		const written = writers.filter(({ document }) => document === name).flatMap((writer) => [...writer.written]);
		expect((await storedIn(name)).toSorted()).toEqual(written.toSorted());
	}
}

function report(): void {
	for (const writer of writers) {
		totals.acknowledged += writer.acknowledged.size;
		totals.seen += writer.seen().length;
	}
	const written = writers.reduce((sum, writer) => sum + writer.written.size, 0);
	const [median, slowest] = [totals.restartsMs.toSorted((a, b) => a - b)[ROUNDS / 2], Math.max(...totals.restartsMs)];
	expect(totals.acknowledged).toBeGreaterThan(ROUNDS * writers.length);
	console.log(
		`${ROUNDS} kills, ${writers.length} clients: ${written} words written, ${totals.acknowledged} acknowledged before a kill, ` +
			`${totals.inFlight} frames in flight at the kills (least ${totals.leastInFlight}), ${totals.seen} seen by colleagues; ` +
			`0 lost, 0 twice; up again in ${median} ms (median), ${slowest} ms (slowest)`,
	);
}

async function until(holds: () => boolean, what: string): Promise<void> {
	for (const deadline = Date.now() + BACK_MS; !holds(); await sleep(20)) {
		if (Date.now() > deadline) throw new Error(`Not in time: ${what}\nclosed with ${closed()}\n${server.output()}`);
	}
}

function closed(): string {
	return writers.map(({ client }) => client.closeCodes.join(' ')).join(', ');
}
