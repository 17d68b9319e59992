/**
 * Where the embedded cluster lies: `DATA_DIR/postgres`, unless we are root and the user PostgreSQL runs as may not
 * enter a folder above it. Then it lies below /var/lib and `DATA_DIR/postgres-place.json` says where.
 * See docs/decisions/0005-where-the-embedded-database-lies.md.
 */
import { randomUUID } from 'node:crypto';
import { accessSync, chmodSync, chownSync, constants, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { EmbeddedFailed } from './failure.ts';
import { canEnter, isRoot, type RunAs, runAsFor } from './run-as.ts';
import { writeDurably } from '../write-durably.ts';

export interface Place {
	/** Holds `cluster/`, `password`, `postgres.log`, `run/`; only its owner may enter. */
	readonly folder: string;
	readonly cluster: string;
	readonly runAs: RunAs | undefined;
}

/** Persistent, and every system user can be let in. */
export const SHARED_FOLDER = '/var/lib/faellestavlen';

/** Finds or makes the place; rejects nothing silently: a recorded place that is gone is data lost, not a fresh start. */
export function placeFor(rawDataDir: string): Place {
	const dataDir = resolve(rawDataDir);
	ensureWritable(dataDir);
	const recorded = recordedFolder(dataDir);
	if (recorded && !existsSync(recorded)) throw new EmbeddedFailed('data-folder-lost', recorded);
	const nearby = join(dataDir, 'postgres');
	const runAs = runAsFor(join(recorded ?? nearby, 'cluster'));
	const folder = recorded ?? (mayEnter(runAs, dataDir) ? nearby : elsewhere(dataDir, runAs));
	ensureOwned(folder, runAs);
	return { folder, cluster: join(folder, 'cluster'), runAs };
}

function ensureWritable(dataDir: string): void {
	orNotWritable(dataDir, () => {
		// Root lets the database's user pass through; what lies inside has its own modes.
		mkdirSync(dataDir, { recursive: true, mode: isRoot() ? 0o711 : 0o700 });
		accessSync(dataDir, constants.W_OK | constants.X_OK);
	});
}

/** When the data folder alone stands in the way, its group is let through; folders above it are not ours to open. */
function mayEnter(runAs: RunAs | undefined, dataDir: string): boolean {
	if (!runAs || canEnter(runAs, dataDir)) return true;
	if (!canEnter(runAs, dirname(dataDir))) return false;
	const { uid, mode } = statSync(dataDir);
	chownSync(dataDir, uid, runAs.gid);
	chmodSync(dataDir, (mode & 0o7777) | 0o010);
	return canEnter(runAs, dataDir);
}

function recordFile(dataDir: string): string {
	return join(dataDir, 'postgres-place.json');
}

function recordedFolder(dataDir: string): string | undefined {
	if (!existsSync(recordFile(dataDir))) return undefined;
	const record = JSON.parse(readFileSync(recordFile(dataDir), 'utf8')) as { folder: string };
	return record.folder;
}

/** Made before it is recorded: a crash between the two leaves an empty folder, never a record of nothing. */
function elsewhere(dataDir: string, runAs: RunAs | undefined): string {
	makeSharedFolder();
	const folder = join(SHARED_FOLDER, randomUUID());
	ensureOwned(folder, runAs);
	writeDurably(recordFile(dataDir), `${JSON.stringify({ folder })}\n`);
	return folder;
}

/** May be passed through by everybody, listed by root alone, whatever the umask is. */
export function makeSharedFolder(): void {
	orNotWritable(SHARED_FOLDER, () => {
		mkdirSync(SHARED_FOLDER, { recursive: true });
		chmodSync(SHARED_FOLDER, 0o711);
	});
}

function ensureOwned(folder: string, runAs: RunAs | undefined): void {
	orNotWritable(folder, () => {
		mkdirSync(folder, { recursive: true, mode: 0o700 });
		if (runAs) chownSync(folder, runAs.uid, runAs.gid);
	});
}

function orNotWritable(path: string, make: () => void): void {
	try {
		make();
	} catch (error) {
		throw new EmbeddedFailed('data-dir-not-writable', path, error instanceof Error ? error.message : '');
	}
}
