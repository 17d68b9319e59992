import { eq } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Executor } from '../client.ts';

/**
 * A row whose id its sender chose, so that it may come twice.
 *
 * @returns the one that stands under its id already, or undefined when this is it now
 */
export async function insertOnce<Row extends { readonly id: string }>(
	tx: Executor,
	table: PgTable & { readonly id: PgColumn },
	row: Row,
): Promise<Row | undefined> {
	const made = await tx.insert(table).values(row).onConflictDoNothing({ target: table.id }).returning({ id: table.id });
	if (made.length > 0) return undefined;
	const [stands] = await tx.select().from(table).where(eq(table.id, row.id));
	return stands as Row; // safe: the conflict
}
