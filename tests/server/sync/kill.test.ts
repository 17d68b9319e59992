import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import type * as Y from 'yjs';
import { taskTextName } from '../../../board/schema.ts';
import type { TaskId } from '../../../domain/ids.ts';
import { replay } from '../../../server/log/replay.ts';
import { aDatabase } from '../../support/database.ts';
import { SeededRandom } from '../../support/seeded-random.ts';
import { aStockClient, type StockClient } from '../../support/stock-client.ts';
import { until } from './a-server.ts';
import { realDocuments, type RealDocument, type RealDocuments } from './real-documents.ts';

const ROUNDS = 20;
const CLIENTS_PER_DOCUMENT = 4;
/** A child starts in about a second, on a busy machine in four. */
const TIMEOUT_MS = 240_000;
const SCRIPT = join(import.meta.dirname, '../../support/sync-process.ts');

const db = await aDatabase();
const random = new SeededRandom(1);
const children: ChildProcess[] = [];
const writers: Writer[] = [];
afterAll(() => {
	for (const writer of writers) writer.client.destroy();
	for (const child of children) child.kill('SIGKILL');
});

/** A person at a stock client who writes words nobody else writes, and remembers which of them were said to be stored. */
class Writer {
	readonly client: StockClient;
	readonly document: RealDocument;
	readonly acknowledged = new Set<string>();
	readonly written: string[] = [];
	#unacknowledged: { word: string; frame: number }[] = [];

	constructor(client: StockClient, document: RealDocument) {
		this.client = client;
		this.document = document;
	}

	write(text: string, word: string): void {
		const words = wordsOf(this.client.doc.getText(text));
		this.client.doc.getText(text).insert(words.slice(0, random.below(words.length + 1)).join('').length, word);
		this.written.push(word);
		if (this.client.provider.wsconnected) this.#unacknowledged.push({ word, frame: this.client.sent() });
	}

	/** The server counts frames of one socket: call it before the socket changes. */
	notice(): void {
		const frames = this.client.acknowledged();
		for (const { word, frame } of this.#unacknowledged) if (frame <= frames) this.acknowledged.add(word);
		this.#unacknowledged = this.#unacknowledged.filter(({ frame }) => frame > frames);
	}

	forgetSocket(): void {
		this.#unacknowledged = [];
	}
}

function wordsOf(text: Y.Text): string[] {
	return text.toString().match(/<[^>]*>/g) ?? [];
}

async function startChild(real: RealDocuments, port: number): Promise<{ child: ChildProcess; port: number }> {
	const child = spawn(process.execPath, [SCRIPT, db.url, real.masterKey.toString('base64'), String(port)], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	children.push(child);
	const [line] = (await once(child.stdout!.setEncoding('utf8'), 'data')) as [string];
	return { child, port: Number(line) };
}

test(
	'killed twenty times under load, it loses nothing that was acknowledged or seen, and stores each word once',
	async () => {
		const real = await realDocuments(db, { cases: 2, people: CLIENTS_PER_DOCUMENT });
		let { child, port } = await startChild(real, 0);
		for (const document of real.documents) {
			for (const personId of real.people) {
				const client = aStockClient({ serverUrl: `ws://127.0.0.1:${port}`, name: document.name, cookie: `person=${personId}` });
				writers.push(new Writer(client, document));
			}
		}
		const totals = { acknowledged: 0, seen: 0, inFlight: 0 };
		for (let round = 0; round < ROUNDS; round++) {
			await until(() => writers.every(({ client }) => client.isSaved()), `everybody is back in round ${round}`, 15_000);
			const text = taskTextName(random.uuid() as TaskId);
			await load(text, round, 20 + random.below(180));
			const inFlight = writers.reduce((sum, { client }) => sum + client.sent() - client.acknowledged(), 0);
			expect(inFlight, 'edits under way at the kill').toBeGreaterThan(0);
			child.kill('SIGKILL');
			await once(child, 'exit');
			for (const writer of writers) writer.notice();
			totals.inFlight += inFlight;
			await expectNothingLost(real, text, totals);
			for (const writer of writers) writer.forgetSocket();
			({ child, port } = await startChild(real, port));
		}
		await until(() => writers.every(({ client }) => client.isSaved()), 'everything is stored in the end', 15_000);
		await expectEveryWordOnce(real);
		expect(totals.acknowledged).toBeGreaterThan(ROUNDS);
	},
	TIMEOUT_MS,
);

/** Everybody types until the moment of the kill. */
async function load(text: string, round: number, forMs: number): Promise<void> {
	const endMs = Date.now() + forMs;
	for (let count = 0; Date.now() < endMs; count++) {
		for (const [index, writer] of writers.entries()) {
			writer.notice();
			if (count < 20) writer.write(text, `<${round}.${index}.${count}>`);
		}
		await sleep(4);
	}
	for (const [index, writer] of writers.entries()) writer.write(text, `<${round}.${index}.last>`);
}

/** Looks into the log before any client could bring its words again. */
async function expectNothingLost(
	real: RealDocuments,
	text: string,
	totals: { acknowledged: number; seen: number },
): Promise<void> {
	for (const document of real.documents) {
		const stored = wordsOf(replay(await real.log.load(document.documentId)).getText(text));
		const here = writers.filter((writer) => writer.document === document);
		for (const writer of here) {
			const own = new Set(writer.written);
			const seen = wordsOf(writer.client.doc.getText(text)).filter((word) => !own.has(word));
			const acknowledged = [...writer.acknowledged];
			totals.seen += seen.length;
			totals.acknowledged += acknowledged.length;
			expect(
				seen.filter((word) => !stored.includes(word)),
				'seen by a colleague, but not stored',
			).toEqual([]);
			expect(
				acknowledged.filter((word) => !stored.includes(word)),
				'said to be stored, but not stored',
			).toEqual([]);
			writer.acknowledged.clear();
		}
		expect(stored.length, 'each word once').toBe(new Set(stored).size);
	}
}

async function expectEveryWordOnce(real: RealDocuments): Promise<void> {
	for (const document of real.documents) {
		const doc = replay(await real.log.load(document.documentId));
		const stored = [...doc.share.keys()].filter((name) => name.startsWith('task/')).flatMap((name) => wordsOf(doc.getText(name)));
		const written = writers.filter((writer) => writer.document === document).flatMap((writer) => writer.written);
		expect(stored.toSorted()).toEqual(written.toSorted());
	}
}
