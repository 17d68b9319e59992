/**
 * What one keystroke costs: from typing at one client to seeing it at another, stored in between; processor time per
 * edit of server and PostgreSQL; memory of an idle connection. Clients speak the protocol directly, so that their
 * own cost stays small. Usage: node bench/sync.bench.ts
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { openDatabase } from '../db/client.ts';
import { startEmbedded } from '../db/embedded.ts';
import { migrateDatabase } from '../db/migrate.ts';
import { encodeStep1, encodeUpdate } from '../server/sync/frame.ts';
import { realDocuments, type RealDocuments } from '../tests/server/sync/real-documents.ts';
import { postmasterOf } from './peers/municipality.ts';
import { cpuMs, familyCpuMs, residentKb } from './peers/processes.ts';
import { quantile } from './peers/quantile.ts';

const SERVER = join(import.meta.dirname, '../tests/support/sync-process.ts');

interface Scenario {
	readonly name: string;
	readonly documents: number;
	readonly people: number;
	readonly typing: number;
	readonly editsPerSecond: number;
	readonly seconds: number;
}

const SCENARIOS: readonly Scenario[] = [
	{ name: 'two people', documents: 1, people: 2, typing: 1, editsPerSecond: 5, seconds: 10 },
	{ name: 'meeting', documents: 1, people: 15, typing: 15, editsPerSecond: 5, seconds: 15 },
	{ name: 'rush hour', documents: 60, people: 10, typing: 1, editsPerSecond: 2, seconds: 15 },
	{ name: 'big room', documents: 1, people: 150, typing: 30, editsPerSecond: 2, seconds: 15 },
];
const IDLE_CONNECTIONS = 400;

/** One person: types a mark at the end of a text of their own, and notes when marks of others arrive. */
class BenchClient {
	readonly #socket: WebSocket;
	readonly #clientId = randomBytes(4).readUInt32LE() || 1;
	readonly #doc = new Y.Doc();
	readonly #text: Y.Text;
	readonly ready: Promise<void>;
	count = 0;

	constructor(url: string, personId: string, textName: string, onUpdate: (update: Uint8Array) => void) {
		this.#doc.clientID = this.#clientId;
		this.#text = this.#doc.getText(textName);
		this.#socket = new WebSocket(url, { headers: { cookie: `person=${personId}` }, perMessageDeflate: false });
		this.#doc.on('update', (update: Uint8Array) => this.#socket.send(encodeUpdate(update)));
		this.ready = new Promise((resolve, reject) => {
			this.#socket.on('open', () => this.#socket.send(encodeStep1(Uint8Array.of(0))));
			this.#socket.on('close', (code) => reject(new Error(`closed with ${code}`)));
			this.#socket.on('message', (data: Buffer) => {
				if (data[0] !== 0) return;
				if (data[1] === 1) resolve();
				if (data[1] === 2) onUpdate(data);
			});
		});
	}

	type(mark: string): void {
		this.#doc.transact(() => {
			if (this.#text.length > 300) this.#text.delete(0, this.#text.length);
			this.#text.insert(this.#text.length, mark);
		});
		this.count++;
	}

	end(): void {
		this.#socket.removeAllListeners('close');
		this.#socket.terminate();
	}
}

interface Figures {
	readonly name: string;
	readonly edits: number;
	readonly medianMs: number;
	readonly p99Ms: number;
	readonly serverCpuMs: number;
	readonly databaseCpuMs: number;
}

async function run(
	scenario: Scenario,
	url: string,
	real: RealDocuments,
	pids: { server: number; postgres: number },
): Promise<Figures> {
	const sentMs = new Map<string, number>();
	const latencies: number[] = [];
	const clients: BenchClient[] = [];
	const seen = (update: Uint8Array) => {
		const nowMs = performance.now();
		for (const [mark] of Buffer.from(update)
			.toString('latin1')
			.matchAll(/<[0-9a-z]+>/g)) {
			const atMs = sentMs.get(mark);
			if (atMs !== undefined) latencies.push(nowMs - atMs);
		}
	};
	for (const document of real.documents.slice(0, scenario.documents)) {
		for (let index = 0; index < scenario.people; index++) {
			const task = `task/00000000-0000-7000-8000-${String(clients.length).padStart(12, '0')}`;
			const isWitness = index === scenario.people - 1;
			clients.push(
				new BenchClient(`${url}/${document.name}`, real.people[index % real.people.length]!, task, isWitness ? seen : () => {}),
			);
		}
	}
	await Promise.all(clients.map((client) => client.ready));
	const typists = clients.filter((_, index) => index % scenario.people < scenario.typing);
	const everyMs = 1_000 / scenario.editsPerSecond;
	const before = { server: cpuMs(pids.server), postgres: familyCpuMs(pids.postgres) };
	let marks = 0;
	const timers = typists.map((client) => {
		const type = () => {
			const mark = `<${(marks++).toString(36)}>`;
			sentMs.set(mark, performance.now());
			client.type(mark);
		};
		const start = setTimeout(() => timers.push(setInterval(type, everyMs)), Math.random() * everyMs);
		return start as NodeJS.Timeout;
	});
	await sleep(scenario.seconds * 1_000);
	for (const timer of timers) clearInterval(timer);
	await sleep(300);
	const after = { server: cpuMs(pids.server), postgres: familyCpuMs(pids.postgres) };
	for (const client of clients) client.end();
	return {
		name: scenario.name,
		edits: marks,
		medianMs: quantile(latencies, 0.5),
		p99Ms: quantile(latencies, 0.99),
		serverCpuMs: ((after.server - before.server) / marks) * 1_000,
		databaseCpuMs: ((after.postgres - before.postgres) / marks) * 1_000,
	};
}

async function idleKbPerConnection(url: string, real: RealDocuments, pid: number): Promise<number> {
	const { name } = real.documents[0]!;
	const connect = async (count: number) => {
		const clients = Array.from(
			{ length: count },
			() => new BenchClient(`${url}/${name}`, real.people[0]!, 'goal/team', () => {}),
		);
		await Promise.all(clients.map((client) => client.ready));
		await sleep(3_000);
		return clients;
	};
	const warm = await connect(50);
	const before = residentKb(pid);
	const idle = await connect(IDLE_CONNECTIONS);
	const after = residentKb(pid);
	for (const client of [...warm, ...idle]) client.end();
	return (after - before) / IDLE_CONNECTIONS;
}

async function startServer(url: string, real: RealDocuments): Promise<{ child: ChildProcess; address: string }> {
	const child = spawn(process.execPath, [SERVER, url, real.masterKey.toString('base64'), '0'], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const [line] = (await once(child.stdout!.setEncoding('utf8'), 'data')) as [string];
	return { child, address: `ws://127.0.0.1:${Number(line)}/sync` };
}

const dataDir = mkdtempSync(join(tmpdir(), 'tavle-bench-'));
const embedded = await startEmbedded({ dataDir });
const db = openDatabase(embedded.url);
await migrateDatabase(db);
const real = await realDocuments(db, { cases: 60, people: 20 });
const postgres = await postmasterOf(db);
const figures: Figures[] = [];
let idleKb: number;
try {
	for (const scenario of SCENARIOS) {
		const { child, address } = await startServer(embedded.url, real);
		figures.push(await run(scenario, address, real, { server: child.pid!, postgres }));
		child.kill('SIGTERM');
		await once(child, 'exit');
	}
	const { child, address } = await startServer(embedded.url, real);
	idleKb = await idleKbPerConnection(address, real, child.pid!);
	child.kill('SIGTERM');
	await once(child, 'exit');
} finally {
	await db.close();
	await embedded.stop();
	rmSync(dataDir, { recursive: true, force: true });
}

console.log('| | edits | edit → visible, ms (median / p99) | CPU ms per 1000 edits: server | PostgreSQL |');
console.log('| --- | --- | --- | --- | --- |');
for (const { name, edits, medianMs, p99Ms, serverCpuMs, databaseCpuMs } of figures) {
	console.log(
		`| ${name} | ${edits} | ${medianMs.toFixed(1)} / ${p99Ms.toFixed(1)} | ${serverCpuMs.toFixed(0)} | ${databaseCpuMs.toFixed(0)} |`,
	);
}
console.log(`\nRSS per idle connection: ${idleKb.toFixed(1)} kB`);
