/** Scenario 8 (docs/guide/sync-scenarios.md): a server stops in good order under many stock clients that write, and starts anew. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { taskTextName } from '../../../board/schema.ts';
import type { TaskId } from '../../../domain/ids.ts';
import { replay } from '../../../server/log/replay.ts';
import { allWordsOf, Writer } from '../../soak/writer.ts';
import { BelievingAdmission } from '../../support/believing-admission.ts';
import { aDatabase } from '../../support/database.ts';
import { SeededRandom } from '../../support/seeded-random.ts';
import { aStockClient } from '../../support/stock-client.ts';
import { aServer, until } from './a-server.ts';
import { realDocuments } from './real-documents.ts';

const ROOMS = 6;
const PEOPLE = 10;
/** Shorter than in operation, where sockets are closed over three seconds. */
const DEADLINE_MS = 2_000;

const db = await aDatabase();
const { log, documents, people } = await realDocuments(db, { cases: ROOMS, people: PEOPLE });
const random = new SeededRandom(8);
let server = await aServer(log);
const { url, port } = server;
const writers = documents.flatMap(({ name }) =>
	people.map((id) => new Writer(aStockClient({ serverUrl: url, name, cookie: `person=${id}` }), name, random)),
);
afterAll(async () => {
	for (const { client } of writers) client.destroy();
	await server.stop();
});

/** Everybody writes a word every now and then until told to stop. */
function everybodyWrites(): () => void {
	let words = 0;
	const timer = setInterval(() => {
		const text = taskTextName(random.uuid() as TaskId);
		for (const [index, writer] of writers.entries()) if (index % 3 === words % 3) writer.write(text, `<${index}.${words}>`);
		words++;
	}, 40);
	return () => clearInterval(timer);
}

test(`${ROOMS * PEOPLE} clients are sent away one after the other, come back, and every word is there once`, async () => {
	await until(() => writers.every(({ client }) => client.isSaved()), 'all here');
	const goodbyesMs: number[] = [];
	for (const { client } of writers) client.provider.on('connection-close', () => void goodbyesMs.push(performance.now()));
	const stopWriting = everybodyWrites();
	await sleep(200);
	const drained = server.sync.drain(DEADLINE_MS);
	const late = new WebSocket(`${url}/sync/${documents[0]!.name}`, { headers: { cookie: `person=${people[0]}` } });
	const lateCodes: number[] = [];
	late.on('close', (code) => lateCodes.push(code));
	await drained;
	await until(() => writers.every(({ client }) => client.closeCodes.length > 0) && lateCodes.length > 0, 'goodbye to all');
	stopWriting();
	expect(new Set([...writers.map(({ client }) => client.closeCodes[0]), ...lateCodes])).toEqual(new Set([1012]));
	const [first, last] = [Math.min(...goodbyesMs.slice(0, writers.length)), goodbyesMs[writers.length - 1]!];
	expect(last - first, 'they do not all come back in the same moment').toBeGreaterThan(DEADLINE_MS / 4);

	await server.stop();
	server = await aServer(log, new BelievingAdmission(), port);
	await until(() => writers.every(({ client }) => client.isSaved()), 'everybody is back', 30_000);
	for (const { name, documentId } of documents) {
		const here = writers.filter(({ document }) => document === name);
		const written = here.flatMap((writer) => [...writer.written]).toSorted();
		expect(allWordsOf(replay(await log.load(documentId))).toSorted()).toEqual(written);
		await until(() => here.every(({ client }) => allWordsOf(client.doc).length === written.length), 'all read the same');
	}
	expect(server.failures).toEqual([]);
});
