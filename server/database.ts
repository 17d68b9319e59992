import { type Database, missingDurability, openDatabase } from '../db/client.ts';
import { startEmbedded } from '../db/embedded.ts';
import { EmbeddedFailed } from '../db/embedded/failure.ts';
import { emptyDatabase } from '../db/empty-database.ts';
import { migrateDatabase, MigrationFailed } from '../db/migrate.ts';
import { findInstallation } from '../db/repo/installation.ts';
import type { Environment } from './env.ts';
import { codeOf, reasonOf, StartFailure } from './start-failure.ts';

type Embedded = Awaited<ReturnType<typeof startEmbedded>>;

export interface OpenedDatabase {
	readonly db: Database;
	/** PostgreSQL from npm, for us alone; undefined when an operator's own is used. */
	readonly embedded: Embedded | undefined;
	/** Resolves when the embedded one is gone for good or another process's; never for an operator's own. */
	readonly lost: Promise<StartFailure>;
	close(): Promise<void>;
}

/**
 * Starts or reaches PostgreSQL and brings its tables up to date.
 *
 * @throws {StartFailure}
 */
export async function openMigratedDatabase(environment: Environment): Promise<OpenedDatabase> {
	const embedded = environment.databaseUrl ? undefined : await ownDatabase(environment.dataDir);
	const db = openDatabase(environment.databaseUrl ?? embedded!.url);
	const close = async (): Promise<void> => {
		await db.close();
		await embedded?.stop();
	};
	try {
		await migrateDatabase(db);
		if (embedded) await dropUnfinishedDemo(db);
		return { db, embedded, lost: lossOf(embedded, environment.dataDir), close };
	} catch (error) {
		await close();
		throw migrationFailure(error);
	}
}

/**
 * Half a municipality looks like a broken one. Only the database itself can say that its demonstration was interrupted:
 * a file beside it may come back after a power cut, when people have long worked in it.
 */
export async function dropUnfinishedDemo(db: Database): Promise<void> {
	if (!(await findInstallation(db.orm))?.isDemoUnfinished) return;
	await emptyDatabase(db);
	await migrateDatabase(db);
}

/** Reachable, and set so that what is stored outlives a power cut. */
export async function isDurable(db: Database): Promise<boolean> {
	return (await missingDurability(db)).length === 0;
}

async function ownDatabase(dataDir: string): Promise<Embedded> {
	try {
		return await startEmbedded({ dataDir });
	} catch (error) {
		if (error instanceof EmbeddedFailed) throw embeddedFailure(error, dataDir);
		throw isDiskFull(error) ? new StartFailure('disk-full', { dataDir }, error) : error;
	}
}

async function lossOf(embedded: Embedded | undefined, dataDir: string): Promise<StartFailure> {
	if (!embedded) return new Promise(() => {});
	return embeddedFailure(await embedded.lost, dataDir);
}

function embeddedFailure(error: EmbeddedFailed, dataDir: string): StartFailure {
	return new StartFailure(error.code, { dataDir, path: error.path, reason: error.detail }, error);
}

function migrationFailure(error: unknown): unknown {
	if (error instanceof MigrationFailed) return new StartFailure(error.code, { found: error.detail, reason: error.detail }, error);
	const reason = reasonOf(error);
	return isUnreachable(error)
		? new StartFailure('database-unreachable', { reason }, error)
		: new StartFailure('migration-failed', { reason }, error);
}

/** Codes of Node's sockets, and of PostgreSQL's class 08 (connection), 28 (sign-in), 3D (no such database) and 57P03 (starting). */
function isUnreachable(error: unknown): boolean {
	const code = codeOf(error);
	return /^(E[A-Z_]+|08...|28...|3D...|57P0.|53300)$/.test(code) || /timeout|terminated/i.test(reasonOf(error));
}

function isDiskFull(error: unknown): boolean {
	return codeOf(error) === 'ENOSPC';
}
