/** Scenario 7 (docs/guide/sync-scenarios.md), on real lines: one that takes nothing, one that takes a byte a second, one that stops for a while, among many. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import type { WebSocket } from 'ws';
import { formatDocName } from '../../../board/doc-name.ts';
import { taskTextName } from '../../../board/schema.ts';
import type { TaskId } from '../../../domain/ids.ts';
import { RESYNC_BYTES, STALLED_READER_MS } from '../../../server/sync/limits.ts';
import { SeededRandom } from '../../support/seeded-random.ts';
import type { StockClient } from '../../support/stock-client.ts';
import { anna, aServer, aTeamDocument, bo, goalOf, textOf, until } from './a-server.ts';

const MANY = 6;
/** More than the system itself keeps for a line that is not read. */
const FLOOD_BYTES = 6_000_000;
const TASKS = 12;
const LETTERS = 900;
/** On a quiet machine some milliseconds. */
const SOON_MS = 1_500;

const server = await aServer();
afterEach(() => vi.useRealTimers());
afterAll(() => server.stop());
const random = new SeededRandom(7);

/** Writes and takes back, so that much travels and little stays; stored as it goes. */
async function flood(writer: StockClient): Promise<void> {
	const texts = Array.from({ length: TASKS }, () => writer.doc.getText(taskTextName(random.uuid() as TaskId)));
	for (let bytes = 0; bytes < FLOOD_BYTES; bytes += TASKS * LETTERS) {
		writer.doc.transact(() => texts.forEach((text) => text.insert(0, 'x'.repeat(LETTERS))));
		writer.doc.transact(() => texts.forEach((text) => text.delete(0, LETTERS)));
		while (writer.sent() - writer.acknowledged() > 8) await sleep(1);
	}
}

/** Says hello, and then reads one byte a second. */
async function aTrickle(): Promise<Socket> {
	const socket = connect(server.port, '127.0.0.1');
	const lines = [
		`GET /sync/${formatDocName(aTeamDocument)} HTTP/1.1`,
		...['Host: 127.0.0.1', 'Upgrade: websocket', 'Connection: Upgrade', 'Sec-WebSocket-Version: 13'],
		...['Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==', `Cookie: person=${bo}`, '', ''],
	];
	socket.write(lines.join('\r\n'));
	await once(socket, 'readable');
	socket.write(Uint8Array.of(0x82, 0x84, 0, 0, 0, 0, 0, 0, 1, 0)); // a masked frame: step 1 of somebody who has nothing
	const reads = setInterval(() => socket.read(1), 1_000);
	return socket.on('error', () => {}).on('close', () => clearInterval(reads));
}

const lineOf = (client: StockClient) => client.provider.ws as unknown as WebSocket;

test('the many notice nothing; who stops for a while is given what was missed, and who takes nothing is told to come back', async () => {
	const many = Array.from({ length: MANY }, (_, index) => server.client(index % 2 ? anna : bo));
	const [frozen, pausing] = [server.client(anna), server.client(bo)];
	await until(() => [...many, frozen, pausing].every((client) => client.isSaved()), 'all here');
	const trickle = await aTrickle();
	await until(() => server.sync.stats().sockets === MANY + 3, 'the trickle is in');
	for (const client of [frozen, pausing]) lineOf(client).pause();

	let mostBuffered = 0;
	const watch = setInterval(() => (mostBuffered = Math.max(mostBuffered, server.sync.stats().bufferedBytes)), 5);
	await Promise.all([flood(many[0]!), flood(many[1]!)]);
	for (let mark = 0; mark < 10; mark++) {
		goalOf(many[mark % MANY]!.doc).insert(0, `${mark} `);
		await until(() => many.every(({ doc }) => textOf(doc).startsWith(`${mark} `)), `mark ${mark} is with the many`, SOON_MS);
	}
	clearInterval(watch);
	expect(mostBuffered, 'the three lines were full').toBeGreaterThan(3 * RESYNC_BYTES);
	expect(mostBuffered, 'and nothing more was written to them').toBeLessThan(3 * 2 * RESYNC_BYTES);
	expect([frozen, pausing].map(({ doc }) => textOf(doc))).toEqual(['', '']);

	lineOf(pausing).resume();
	await until(() => textOf(pausing.doc) === textOf(many[0]!.doc), 'what was missed');
	expect(pausing.closeCodes).toEqual([]);

	vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + STALLED_READER_MS + 1 });
	await until(() => server.sync.stats().sockets === MANY + 1, 'the two that take nothing are given up');
	vi.useRealTimers();
	lineOf(frozen).resume();
	await until(() => frozen.closeCodes.length > 0 && textOf(frozen.doc) === textOf(many[0]!.doc), 'back, with all of it');
	expect(frozen.closeCodes).toEqual([1013]);
	expect(many.flatMap(({ closeCodes }) => closeCodes)).toEqual([]);
	trickle.destroy();
});
