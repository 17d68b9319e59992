import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import type { PoolClient } from 'pg';
import type { Database } from './client.ts';

/** Why the schema could not be brought up to date; `main` turns the code into one line. */
export class MigrationFailed extends Error {
	readonly code: 'database-newer' | 'database-too-old' | 'migration-failed';
	/** PostgreSQL's version, or its own word. */
	readonly detail: string;
	constructor(code: MigrationFailed['code'], detail = '', cause?: unknown) {
		super([code, detail].filter(Boolean).join(' · '), { cause });
		this.code = code;
		this.detail = detail;
	}
}

/** Any two processes that migrate one database wait for each other on this key. */
const MIGRATION_LOCK = 7_261_101;
/** `server_version_num` of PostgreSQL 15.0. */
const OLDEST_VERSION = 150_000;
const UNDEFINED_TABLE = '42P01';

/** Brings the schema up to date; one query when it already is. Rejects with {@link MigrationFailed} when it must not. */
export async function migrateDatabase(db: Database): Promise<void> {
	const folder = migrationsFolder();
	const newest = newestMigration(folder);
	const client = await db.pool.connect();
	try {
		const applied = await newestApplied(client);
		if (applied > newest) throw new MigrationFailed('database-newer');
		if (applied < newest) await migrateLocked(client, folder);
	} finally {
		client.release();
	}
}

/** A migration may take long; the lock lets one process do it while the others wait for the result. */
async function migrateLocked(client: PoolClient, migrationsFolder: string): Promise<void> {
	await requireVersion(client);
	await client.query('set statement_timeout = 0');
	await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
	try {
		await migrate(drizzle(client), { migrationsFolder });
	} catch (error) {
		throw new MigrationFailed('migration-failed', reasonOf(error), error);
	} finally {
		await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]);
		await client.query('reset statement_timeout');
	}
}

async function requireVersion(client: PoolClient): Promise<void> {
	const query = "select current_setting('server_version_num')::int as number, current_setting('server_version') as words";
	const [version] = (await client.query<{ number: number; words: string }>(query)).rows;
	if (!version || version.number < OLDEST_VERSION) throw new MigrationFailed('database-too-old', version?.words);
}

/** Drizzle wraps what PostgreSQL said. */
function reasonOf(error: unknown): string {
	const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
	return cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
}

/** Milliseconds since 1970 of the newest migration this database has; 0 for an empty one. */
async function newestApplied(client: PoolClient): Promise<number> {
	try {
		const { rows } = await client.query<{ newest: string | null }>(
			'select max(created_at) as newest from drizzle.__drizzle_migrations',
		);
		return Number(rows[0]?.newest ?? 0);
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === UNDEFINED_TABLE) return 0;
		throw error;
	}
}

function newestMigration(folder: string): number {
	const journal = JSON.parse(readFileSync(join(folder, 'meta', '_journal.json'), 'utf8')) as { entries: { when: number }[] };
	return Math.max(...journal.entries.map((entry) => entry.when));
}

/** The nearest `db/migrations` above this file, wherever a bundler put it. */
function migrationsFolder(): string {
	for (let folder = import.meta.dirname; folder !== dirname(folder); folder = dirname(folder)) {
		const candidate = join(folder, 'db', 'migrations');
		if (existsSync(join(candidate, 'meta', '_journal.json'))) return candidate;
	}
	throw new Error(`No db/migrations above ${import.meta.dirname}`);
}
