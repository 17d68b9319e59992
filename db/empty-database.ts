import type { Database } from './client.ts';

/** Takes everything away, tables and migrations alike. Only for a demonstration that was interrupted while it was written. */
export async function emptyDatabase(db: Database): Promise<void> {
	await db.pool.query('drop schema if exists drizzle cascade; drop schema public cascade; create schema public');
}
