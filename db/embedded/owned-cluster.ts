import { chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import type { Binaries } from './binaries.ts';
import { EmbeddedFailed } from './failure.ts';
import { initialise, passwordOf, SUPERUSER } from './initialise.ts';
import type { Place } from './place.ts';
import { isRunning, runningPostmaster, spawnPostmaster } from './postmaster.ts';

export interface Embedded {
	readonly url: string;
	/** Resolves when the data are no longer ours and could not be taken back; never otherwise. */
	readonly lost: Promise<EmbeddedFailed>;
	/** Ends PostgreSQL after its own checkpoint; what was committed is on disk. */
	stop(): Promise<void>;
}

/** A recovery after a crash replays at most `max_wal_size`. */
const START_DEADLINE_MS = 30_000;
/** Longer than PostgreSQL needs to notice that the client which held the lock was killed. */
const LOCK_DEADLINE_MS = 3_000;
const STOP_DEADLINE_MS = 20_000;
/** "tavle", so that nobody else's advisory lock in this cluster is ours. */
const OWNER_LOCK = 7_261_100;
/** `sun_path` holds 108 bytes on Linux, 104 on macOS, with the file's name and a zero. */
const MAX_SOCKET_DIR_BYTES = 103 - '/.s.PGSQL.5432'.length;
/** What a killed server leaves for a moment: its lock file, or memory that its children still hold. */
const PASSING = /lock file|shared memory block/;

/** Makes, starts or adopts the cluster of a place. @throws {EmbeddedFailed} */
export async function startCluster(place: Place, binaries: Binaries): Promise<Embedded> {
	await initialise(place, binaries);
	const socketDir = runningPostmaster(place)?.socketDir || socketDirFor(place);
	return new OwnedCluster(place, binaries, socketDir).take();
}

/** Ours from `take` to `stop`. Holds one connection whose session owns the lock; when that ends, the server died. */
class OwnedCluster implements Embedded {
	readonly url: string;
	readonly lost: Promise<EmbeddedFailed>;
	readonly #place: Place;
	readonly #binaries: Binaries;
	readonly #socketDir: string;
	#reportLoss: (failure: EmbeddedFailed) => void = () => {};
	#stopping = false;

	constructor(place: Place, binaries: Binaries, socketDir: string) {
		this.#place = place;
		this.#binaries = binaries;
		this.#socketDir = socketDir;
		this.url = `postgres://${SUPERUSER}:${passwordOf(place)}@/postgres?host=${encodeURIComponent(socketDir)}`;
		this.lost = new Promise((resolve) => (this.#reportLoss = resolve));
	}

	async take(): Promise<this> {
		const client = await this.#connect();
		await acquireOwnership(client, this.#place);
		client.once('end', () => void this.#takeBack());
		return this;
	}

	async #takeBack(): Promise<void> {
		if (this.#stopping) return;
		try {
			await this.take();
		} catch (error) {
			this.#reportLoss(
				error instanceof EmbeddedFailed ? error : new EmbeddedFailed('postgres-failed', this.#place.folder, String(error)),
			);
		}
	}

	/** Connects to the running server or starts one, again and again until the deadline. */
	async #connect(): Promise<Client> {
		let ended: Promise<string> | undefined;
		let why = '';
		for (const deadline = Date.now() + START_DEADLINE_MS; Date.now() < deadline;) {
			if (!ended && !runningPostmaster(this.#place)) ended = spawnPostmaster(this.#place, this.#binaries, this.#socketDir);
			const client = await connected(this.url);
			if (client) return client;
			const exit = await Promise.race([ended, delay(20)]);
			if (exit === undefined) continue;
			if (!PASSING.test(exit)) throw new EmbeddedFailed('postgres-failed', this.#place.folder, exit);
			why = exit;
			ended = undefined;
			await delay(200);
		}
		throw new EmbeddedFailed('postgres-failed', this.#place.folder, why || 'no answer');
	}

	async stop(): Promise<void> {
		this.#stopping = true;
		const server = runningPostmaster(this.#place);
		for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
			if (!server) return;
			process.kill(server.pid, signal);
			for (const deadline = Date.now() + STOP_DEADLINE_MS; Date.now() < deadline; await delay(20)) {
				if (!isRunning(this.#place, server)) return this.#tidy();
			}
		}
	}

	/** A socket folder outside the place was made for this run alone. */
	#tidy(): void {
		if (!this.#socketDir.startsWith(this.#place.folder)) rmSync(this.#socketDir, { recursive: true, force: true });
	}
}

/** Undefined while nothing listens, or while the server starts, recovers or stops. */
async function connected(url: string): Promise<Client | undefined> {
	const client = new Client({ connectionString: url, application_name: 'faellestavlen owner' });
	client.on('error', () => {}); // `end` follows and says all there is to say
	try {
		await client.connect();
		return client;
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? error.code : undefined;
		if (code === 'ENOENT' || code === 'ECONNREFUSED' || code === 'ECONNRESET' || code === '57P03') return undefined;
		throw error;
	}
}

async function acquireOwnership(client: Client, place: Place): Promise<void> {
	for (const deadline = Date.now() + LOCK_DEADLINE_MS; Date.now() < deadline; await delay(50)) {
		const { rows } = await client.query<{ ours: boolean }>('select pg_try_advisory_lock($1) as ours', [OWNER_LOCK]);
		if (rows[0]?.ours) return;
	}
	await client.end();
	throw new EmbeddedFailed('data-in-use', place.folder);
}

/** Inside the place where the path is short enough, else a fresh folder that only the server's user can enter. */
function socketDirFor(place: Place): string {
	const inside = join(place.folder, 'run');
	const folder = Buffer.byteLength(inside) <= MAX_SOCKET_DIR_BYTES ? inside : mkdtempSync(join(tmpdir(), 'tavle-'));
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	if (place.runAs) chownSync(folder, place.runAs.uid, place.runAs.gid);
	return folder;
}
