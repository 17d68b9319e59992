import { drizzle, type NodePgDatabase, type NodePgQueryResultHKT } from 'drizzle-orm/node-postgres';
import type { PgDatabase } from 'drizzle-orm/pg-core';
import { Pool, type PoolConfig } from 'pg';

/** Anything a repository function can run on: the pool, or a transaction of it. */
export type Executor = PgDatabase<NodePgQueryResultHKT>;

export interface Database {
	readonly pool: Pool;
	/** Connections of the append log alone, so that a crowd of page requests never queues in front of a keystroke. */
	readonly appendPool: Pool;
	readonly orm: NodePgDatabase;
	/** A connection of the rights watch alone: a queue for the others must not look like a database out of reach. */
	readonly watch: NodePgDatabase & { readonly $client: Pool };
	/** Waits for running queries and closes every connection. */
	close(): Promise<void>;
}

/** Longer than any statement of ours; a stalled database fails the request instead of collecting them. */
const STATEMENT_TIMEOUT_MS = 30_000;
const CONNECT_TIMEOUT_MS = 5_000;
const MAX_CONNECTIONS = 12;

/** The server gives up first, so that what happened is known; the client only when nothing answers at all. */
const APPEND_TIMEOUT_MS = 8_000;
const APPEND_SILENCE_MS = 10_000;

/** Whoever watches looks four times a second; an answer this late is none. */
const WATCH_TIMEOUT_MS = 2_500;

/** Connects on first use. @param url a PostgreSQL >= 15, ours or the operator's */
export function openDatabase(url: string): Database {
	const pool = openPool({ connectionString: url, max: MAX_CONNECTIONS, statement_timeout: STATEMENT_TIMEOUT_MS });
	const append = { max: 2, statement_timeout: APPEND_TIMEOUT_MS, query_timeout: APPEND_SILENCE_MS };
	const appendPool = openPool({ connectionString: url, ...append });
	const watchPool = openPool({ connectionString: url, max: 1, statement_timeout: WATCH_TIMEOUT_MS });
	const close = async () => void (await Promise.all([pool.end(), appendPool.end(), watchPool.end()]));
	return { pool, appendPool, orm: drizzle(pool), watch: drizzle(watchPool), close };
}

function openPool(config: PoolConfig): Pool {
	const pool = new Pool({
		connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
		idle_in_transaction_session_timeout: STATEMENT_TIMEOUT_MS,
		keepAlive: true,
		application_name: 'faellestavlen',
		...config,
	});
	// An idle connection that breaks is dropped by the pool; the next query opens another and reports what is wrong.
	pool.on('error', () => {});
	// One that breaks while a transaction holds it fails that transaction; unheard, it would end the process.
	pool.on('connect', (client) => client.on('error', () => {}));
	return pool;
}

/** Runs `work` in one transaction: all of it is stored when this resolves, nothing when it rejects. */
export function transaction<Value>(db: Database, work: (tx: Executor) => Promise<Value>): Promise<Value> {
	return db.orm.transaction(work);
}

/** The settings without which "saved" is not true after a power cut. */
const DURABILITY_SETTINGS = ['fsync', 'full_page_writes', 'synchronous_commit'] as const;
export type DurabilitySetting = (typeof DURABILITY_SETTINGS)[number];

/** Which durability settings are off; `readyz` fails unless the list is empty. Rejects when the database is not reached. */
export async function missingDurability(db: Database): Promise<readonly DurabilitySetting[]> {
	const columns = DURABILITY_SETTINGS.map((name) => `current_setting('${name}') as ${name}`).join(', ');
	const { rows } = await db.pool.query<Record<DurabilitySetting, string>>(`select ${columns}`);
	return DURABILITY_SETTINGS.filter((name) => rows[0]?.[name] === 'off');
}
