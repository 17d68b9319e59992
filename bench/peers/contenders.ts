import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Dialect, DIALECTS } from './dialect.ts';
import { BASE_URL, type Municipality } from './municipality.ts';
import { cpuMs, familyCpuMs, residentKb } from './processes.ts';

/** Hocuspocus stores two seconds after the last edit; before that a restart would find nothing. */
export const STORED_AFTER_MS = 3_500;

/** A server under test. */
export interface Contender {
	readonly name: string;
	readonly dialect: Dialect;
	/** What it stores outlives its process. */
	readonly stores: boolean;
	/** @param place the same for a server that is to find what it stored */
	start(place: Place): Promise<Running>;
	/** Kills where it stores, when that is not its own process; resolves when the store is back. */
	killStore?(place: Place): Promise<void>;
}

export interface Place {
	readonly town: Municipality;
	/** For files of its own. */
	readonly folder: string;
}

export function aPlace(town: Municipality): Place {
	return { town, folder: mkdtempSync(join(tmpdir(), 'tavle-bench-peer-')) };
}

export interface Running {
	readonly origin: string;
	/** Its own and, for ours, all of PostgreSQL's. */
	cpuMs(): number;
	residentKb(): number;
	/** What it holds when its garbage is collected. */
	keptKb(): Promise<number>;
	/** SIGKILL: nothing is said and nothing is saved. */
	kill(): Promise<void>;
}

const file = (name: string): string => join(import.meta.dirname, name);

export const OURS: Contender = {
	name: 'Fællestavlen',
	dialect: DIALECTS.ours,
	stores: true,
	async start({ town }) {
		const running = await run(file('our-server.ts'), [town.databaseUrl, town.masterKey.toString('base64'), BASE_URL]);
		return { ...running, cpuMs: () => running.cpuMs() + familyCpuMs(town.postmasterPid()) };
	},
	killStore: ({ town }) => town.killDatabase(),
};

export const HOCUSPOCUS: Contender = {
	name: 'Hocuspocus, memory',
	dialect: DIALECTS.hocuspocus,
	stores: false,
	start: () => run(file('packages/hocuspocus.ts'), []),
};

export const HOCUSPOCUS_SQLITE: Contender = {
	name: 'Hocuspocus, SQLite',
	dialect: DIALECTS.hocuspocus,
	stores: true,
	start: ({ folder }) => run(file('packages/hocuspocus.ts'), [join(folder, 'documents.sqlite')]),
};

const Y_WEBSOCKET_SERVER: Contender = {
	name: '@y/websocket-server',
	dialect: DIALECTS.stock,
	stores: false,
	start: () => run(file('packages/y-websocket-server.ts'), []),
};

const RELAY: Contender = {
	name: 'bare ws relay',
	dialect: DIALECTS.relay,
	stores: false,
	start: () => run(file('relay-server.ts'), []),
};

export const PEERS: readonly Contender[] = [HOCUSPOCUS, HOCUSPOCUS_SQLITE, Y_WEBSOCKET_SERVER];
export const ALWAYS: readonly Contender[] = [OURS, RELAY];

const TELLS_WHAT_IT_KEEPS = ['--expose-gc', '--import', file('keeps.ts')];

const alive = new Set<ChildProcess>();

/** Whatever a scenario that failed left running. */
export function endAll(): void {
	for (const child of alive) child.kill('SIGKILL');
}

/** A program that prints its port when it listens. */
async function run(program: string, words: readonly string[]): Promise<Running> {
	const child: ChildProcess = spawn(process.execPath, [...TELLS_WHAT_IT_KEEPS, program, ...words], {
		stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
	});
	alive.add(child);
	child.once('exit', () => alive.delete(child));
	const failed = once(child, 'exit').then(([code]) => Promise.reject(new Error(`${program} ended with ${code}`)));
	const [line] = (await Promise.race([once(child.stdout!.setEncoding('utf8'), 'data'), failed])) as [string];
	failed.catch(() => {}); // later it is meant to end
	const pid = child.pid!;
	return {
		origin: `ws://127.0.0.1:${Number(line)}`,
		cpuMs: () => cpuMs(pid),
		residentKb: () => residentKb(pid),
		async keptKb() {
			const told = once(child, 'message') as Promise<[number]>;
			child.send('what do you keep?');
			return (await told)[0];
		},
		async kill() {
			const ended = once(child, 'exit');
			child.kill('SIGKILL');
			await ended;
		},
	};
}
