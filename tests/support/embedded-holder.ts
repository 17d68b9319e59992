import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { passwordOf, SUPERUSER } from '../../db/embedded/initialise.ts';
import { placeFor } from '../../db/embedded/place.ts';
import { runningPostmaster } from '../../db/embedded/postmaster.ts';

const SCRIPT = join(import.meta.dirname, 'hold-embedded.ts');

export interface Holder {
	readonly process: ChildProcess;
	/** What it said first: where its database answers, or why there is none. */
	readonly said: { readonly url?: string; readonly code?: string };
}

/** Another process that starts the embedded database of a data folder. */
export async function aHolder(dataDir: string, runAs: { uid?: number; gid?: number } = {}): Promise<Holder> {
	const child = spawn(process.execPath, [SCRIPT, dataDir], { ...runAs, cwd: '/', stdio: ['pipe', 'pipe', 'inherit'] });
	const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
	return { process: child, said: JSON.parse(line) as Holder['said'] };
}

export async function ended(child: ChildProcess, end: () => void): Promise<void> {
	const exit = once(child, 'exit');
	end();
	await exit;
}

export function postmasterPid(folder: string): number {
	return Number(readFileSync(join(folder, 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0]);
}

/** Where the database of a running product answers, for a test that looks behind it. */
export function urlOf(dataDir: string): string {
	const place = placeFor(dataDir);
	const host = encodeURIComponent(runningPostmaster(place)?.socketDir ?? '');
	return `postgres://${SUPERUSER}:${passwordOf(place)}@/postgres?host=${host}`;
}

/** One statement on a connection of its own. */
export async function ask(url: string, statement: string): Promise<Record<string, unknown>[]> {
	const client = new Client({ connectionString: url });
	await client.connect();
	try {
		return (await client.query<Record<string, unknown>>(statement)).rows;
	} finally {
		await client.end();
	}
}
