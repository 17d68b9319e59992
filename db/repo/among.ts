import { sql, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';

/** `column = any(...)` with one parameter however many ids there are: a list of parameters costs more to bind than to find. */
export function among(column: PgColumn, ids: readonly string[]): SQL {
	return sql`${column} = any(${sql.param(ids)}::uuid[])`;
}
