/**
 * A real product as people run it: the built server in a process of its own, on a free port, with
 * data of its own that are gone afterwards.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const ROOT = join(import.meta.dirname, '../..');
const STARTED = join(ROOT, 'build/product/start.js');

/** Includes making a new cluster and, on an empty one, the demo municipality. */
const START_DEADLINE_MS = 240_000;
const STOP_DEADLINE_MS = 30_000;

export const DEMO_PASSWORD = 'tavle-demo-2026';

export interface RunningServer {
	readonly url: string;
	readonly pid: number;
	readonly dataDir: string;
	/** Everything it said so far, both streams. */
	output(): string;
	/** SIGKILL, SIGSTOP, SIGCONT: sent to the server alone. Resolves when it is gone, at once for the other two. */
	signal(signal: NodeJS.Signals): Promise<void>;
	/** In good order; the data stay. */
	stop(): Promise<void>;
}

export interface EndedServer {
	readonly exitCode: number;
	readonly stdout: string;
	readonly stderr: string;
}

export type Surroundings = Readonly<Record<string, string>>;

/** A folder of its own under the system's temporary one, open enough for PostgreSQL's user to pass. */
export function aDataDir(): string {
	const folder = mkdtempSync(join(tmpdir(), 'tavle-'));
	chmodSync(folder, 0o711);
	return folder;
}

/** Data that `server/demo` wrote once per run (see demo-data.ts), copied so that tests cannot meet in them. */
export function aDemoDataDir(template: string): string {
	const folder = aDataDir();
	execFileSync('cp', ['-a', `${template}/.`, folder]); // keeps the owner: as root, PostgreSQL's folder is its user's
	return folder;
}

/** @throws with the server's own words when it does not come up. */
export async function startServer(dataDir: string, surroundings: Surroundings = {}): Promise<RunningServer> {
	const { child, words } = launch(dataDir, surroundings);
	const url = await addressOf(child, words);
	return {
		url,
		pid: child.pid!,
		dataDir,
		output: () => words.stdout + words.stderr,
		signal: async (signal) => {
			child.kill(signal);
			if (signal === 'SIGKILL' || signal === 'SIGTERM' || signal === 'SIGINT') await ended(child);
		},
		stop: async () => {
			if (child.exitCode !== null || child.signalCode !== null) return;
			child.kill('SIGCONT');
			child.kill('SIGTERM');
			await ended(child, STOP_DEADLINE_MS);
			await databaseGone(dataDir); // on a busy machine it may outlive the server, and a copy of its folder be of no use
		},
	};
}

/** Runs a server that is expected to give up, and tells how. */
export async function endOfServer(dataDir: string, surroundings: Surroundings = {}): Promise<EndedServer> {
	const { child, words } = launch(dataDir, surroundings);
	await ended(child, START_DEADLINE_MS);
	return { exitCode: child.exitCode ?? -1, ...words };
}

/** SIGKILL in the middle of a start, as soon as it said this and a moment passed. */
export async function killWhileStarting(dataDir: string, saying: RegExp, momentMs: number): Promise<void> {
	const { child, words } = launch(dataDir, {});
	for (const deadline = Date.now() + START_DEADLINE_MS; !saying.test(words.stdout) && Date.now() < deadline;) await delay(5);
	await delay(momentMs);
	child.kill('SIGKILL');
	await ended(child);
}

/** Stops what a killed server left running on the data, and removes them. */
export async function discard(dataDir: string): Promise<void> {
	for (const pid of postmasters(dataDir)) signalQuietly(pid, 'SIGQUIT');
	await databaseGone(dataDir);
	rmSync(dataDir, { recursive: true, force: true });
}

/** Process ids of the PostgreSQL whose data lie in this folder. */
export function postmasters(dataDir: string): readonly number[] {
	if (!existsSync(dataDir)) return [];
	const files = readdirSync(dataDir, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('postmaster.pid'));
	return files.map((file) => Number(readFileSync(join(dataDir, file), 'utf8').split('\n')[0])).filter((pid) => pid > 0);
}

/** That PostgreSQL with everything it started: a stalled disk stalls them all. */
export function databaseProcesses(dataDir: string): readonly number[] {
	return postmasters(dataDir).flatMap((pid) => {
		const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
		return [pid, ...children.split(' ').filter(Boolean).map(Number)];
	});
}

async function databaseGone(dataDir: string): Promise<void> {
	const alive = () => postmasters(dataDir).some((pid) => signalQuietly(pid, 0));
	for (const deadline = Date.now() + STOP_DEADLINE_MS; alive() && Date.now() < deadline;) await delay(50);
}

function signalQuietly(pid: number, signal: NodeJS.Signals | 0): boolean {
	try {
		return process.kill(pid, signal);
	} catch {
		return false; // gone already
	}
}

function launch(dataDir: string, surroundings: Surroundings) {
	const env = { PATH: process.env.PATH, HOME: process.env.HOME, LANG: 'C.UTF-8', PORT: '0', DATA_DIR: dataDir, ...surroundings };
	const child = spawn('node', [STARTED], { env, cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
	const words = { stdout: '', stderr: '' };
	child.stdout.setEncoding('utf8').on('data', (text: string) => (words.stdout += text));
	child.stderr.setEncoding('utf8').on('data', (text: string) => (words.stderr += text));
	const endToo = () => child.kill('SIGKILL');
	process.once('exit', endToo);
	child.once('exit', () => process.off('exit', endToo));
	return { child, words };
}

async function addressOf(child: ChildProcess, words: { stdout: string; stderr: string }): Promise<string> {
	for (const deadline = Date.now() + START_DEADLINE_MS; Date.now() < deadline; await delay(20)) {
		const said = /listens on (\S+)/.exec(words.stdout);
		if (said?.[1]) return said[1];
		if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}: ${words.stderr}${words.stdout}`);
	}
	child.kill('SIGKILL');
	throw new Error(`The server did not come up: ${words.stderr}${words.stdout}`);
}

async function ended(child: ChildProcess, deadlineMs = STOP_DEADLINE_MS): Promise<void> {
	for (const deadline = Date.now() + deadlineMs; child.exitCode === null && child.signalCode === null; await delay(10)) {
		if (Date.now() < deadline) continue;
		child.kill('SIGKILL');
		throw new Error('The server did not end in time');
	}
}
