/** Scenario 1 (docs/guide/sync-scenarios.md): the process is gone at each step of an update's way, one after the other, with words under way. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { taskTextName } from '../../../board/schema.ts';
import type { TaskId } from '../../../domain/ids.ts';
import { replay } from '../../../server/log/replay.ts';
import { allWordsOf, Writer } from '../../soak/writer.ts';
import { aDatabase } from '../../support/database.ts';
import { STEPS, type Step } from '../../support/dies-at.ts';
import { SeededRandom } from '../../support/seeded-random.ts';
import { aStockClient } from '../../support/stock-client.ts';
import { until } from './a-server.ts';
import { realDocuments } from './real-documents.ts';

const SCRIPT = join(import.meta.dirname, '../../support/sync-process.ts');
const PEOPLE = 3;
/** A checkpoint is due after five hundred rows. */
const ROWS_A_CHECKPOINT = 500;

const db = await aDatabase();
const { masterKey, log, documents, people } = await realDocuments(db, { cases: STEPS.length, people: PEOPLE });
const random = new SeededRandom(11);
const children: ChildProcess[] = [];
const writers: Writer[] = [];
afterAll(() => {
	for (const { client } of writers) client.destroy();
	for (const child of children) child.kill('SIGKILL');
});

async function start(port: number, ...step: Step[]): Promise<{ child: ChildProcess; port: number }> {
	const args = [SCRIPT, db.url, masterKey.toString('base64'), String(port), ...step];
	const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
	children.push(child);
	const [line] = (await once(child.stdout!.setEncoding('utf8'), 'data')) as [string];
	return { child, port: Number(line) };
}

test.each(STEPS)('gone when an update is %s: nothing acknowledged or seen is lost, and each word is there once', async (step) => {
	const { name, documentId } = documents[STEPS.indexOf(step)]!;
	const { child, port } = await start(0, step);
	const here = people.map((personId) => {
		const client = aStockClient({ serverUrl: `ws://127.0.0.1:${port}`, name, cookie: `person=${personId}` });
		return new Writer(client, name, random);
	});
	writers.push(...here);
	await until(() => here.every(({ client }) => client.isSaved()), 'all here');
	let words = 0;
	const everybodyWrites = (): void => {
		const text = taskTextName(random.uuid() as TaskId);
		for (const [index, writer] of here.entries()) writer.write(text, `<${index}.${words}>`);
		words++;
	};
	while (step === 'compacting' && words * PEOPLE < ROWS_A_CHECKPOINT) {
		everybodyWrites();
		if (words % 20 === 0) await until(() => here.every(({ client }) => client.isSaved()), 'stored');
	}
	child.kill('SIGUSR2');
	await sleep(20); // a signal is heard between two turns
	const gone = once(child, 'exit');
	let isGone = false;
	void gone.then(() => (isGone = true));
	for (const endMs = Date.now() + 10_000; !isGone && Date.now() < endMs; await sleep(2)) {
		for (const writer of here) writer.notice();
		if (words < 2_000 && here.every(({ client }) => client.provider.wsconnected)) everybodyWrites();
	}
	expect(isGone, 'the step was reached').toBe(true);
	for (const writer of here) writer.notice();

	const stored = allWordsOf(replay(await log.load(documentId)));
	const missing = (expected: Iterable<string>) => [...expected].filter((word) => !stored.includes(word));
	expect(stored.length, 'each once').toBe(new Set(stored).size);
	for (const writer of here) {
		expect(missing(writer.seen()), 'seen by a colleague, but not stored').toEqual([]);
		expect(missing(writer.acknowledged), 'said to be stored, but not stored').toEqual([]);
	}
	expect(
		here.some((writer) => writer.acknowledged.size < writer.written.size),
		'something was under way',
	).toBe(true);

	for (const writer of here) writer.forgetSocket();
	const { child: next } = await start(port);
	await until(() => here.every(({ client }) => client.isSaved()), 'everybody is back');
	const written = here.flatMap((writer) => [...writer.written]);
	expect(allWordsOf(replay(await log.load(documentId))).toSorted()).toEqual(written.toSorted());
	for (const { client } of here) client.destroy();
	next.kill('SIGKILL');
});
