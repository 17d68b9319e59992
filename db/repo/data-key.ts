import { and, eq, inArray, isNotNull, isNull, not, sql } from 'drizzle-orm';
import type { DataKeyId } from '../../domain/ids.ts';
import type { Database, Executor } from '../client.ts';
import { dataKey } from '../schema/cases.ts';

/** A key as it lies here: wrapped by the master key, or null once an erasure destroyed it. */
export interface WrappedKey {
	readonly id: DataKeyId;
	readonly wrapped: Buffer | null;
}

export async function insertDataKey(tx: Executor, id: DataKeyId, wrapped: Buffer, createdAt: Date): Promise<void> {
	await tx.insert(dataKey).values({ id, wrapped, createdAt });
}

export async function findDataKeys(tx: Executor, ids: readonly DataKeyId[]): Promise<readonly WrappedKey[]> {
	const rows = await tx
		.select({ id: dataKey.id, wrapped: dataKey.wrapped })
		.from(dataKey)
		.where(inArray(dataKey.id, [...ids]));
	return rows.map((row) => ({ id: row.id as DataKeyId, wrapped: row.wrapped }));
}

/** Those of all citizens and cases, the destroyed ones too. */
export async function allDataKeys(tx: Executor): Promise<readonly WrappedKey[]> {
	const rows = await tx.select({ id: dataKey.id, wrapped: dataKey.wrapped }).from(dataKey);
	return rows.map((row) => ({ id: row.id as DataKeyId, wrapped: row.wrapped }));
}

/** The same key under another master key. */
export async function rewrapDataKey(tx: Executor, id: DataKeyId, wrapped: Buffer): Promise<void> {
	await tx.update(dataKey).set({ wrapped }).where(eq(dataKey.id, id));
}

/** Makes everything the key sealed unreadable for ever. */
export async function destroyDataKey(tx: Executor, id: DataKeyId, at: Date): Promise<void> {
	await tx.update(dataKey).set({ wrapped: null, destroyedAt: at }).where(eq(dataKey.id, id));
}

/** A key is read with every case; whoever rewrites the table waits no longer than a page can. */
const LOCK_TIMEOUT_MS = 2_000;

/**
 * Writes the table anew when a key in it was destroyed and this has not been done since: until that, the destroyed one lies as a
 * dead row in its file, and PostgreSQL by itself looks after a table of which so little is dead only after months. A key that
 * some transaction may still see as it was would be written along: it waits for a later call.
 *
 * @throws when somebody holds the table for longer than two seconds; the next call tries again
 */
export async function wipeDestroyedKeys(db: Database, at: Date): Promise<void> {
	const ids = await keysNobodySees(db.orm);
	if (ids.length === 0) return;
	await rewriteTable(db);
	await db.orm.update(dataKey).set({ wipedAt: at }).where(inArray(dataKey.id, ids));
}

/**
 * Those destroyed before everything that any snapshot here looks back to. This statement's own is among them and looks back to the
 * oldest transaction under way, a prepared one too; no later snapshot looks back further. By the numbers of transactions:
 * their times are the database's clock, and are not shown of other roles.
 */
async function keysNobodySees(tx: Executor): Promise<readonly string[]> {
	const isSeen = sql`exists (
		select from (
			select backend_xmin from pg_stat_activity where datname = current_database() or datname is null
			union all select xmin from pg_replication_slots
		) as looking_back (horizon)
		where age(horizon) >= age(${dataKey}.xmin)
	)`; // a destroyed row is not changed again before it is wiped
	const rows = await tx
		.select({ id: dataKey.id })
		.from(dataKey)
		.where(and(isNotNull(dataKey.destroyedAt), isNull(dataKey.wipedAt), not(isSeen)));
	return rows.map(({ id }) => id);
}

async function rewriteTable(db: Database): Promise<void> {
	const client = await db.pool.connect();
	try {
		await client.query(`set lock_timeout = ${LOCK_TIMEOUT_MS}`);
		await client.query('vacuum full data_key');
	} finally {
		client.release(true); // its settings are not everybody's
	}
}
