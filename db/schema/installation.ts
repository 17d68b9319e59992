import { sql } from 'drizzle-orm';
import { boolean, check, integer, pgTable } from 'drizzle-orm/pg-core';
import { bytea, instant } from './columns.ts';

/** One row: what this database is. */
export const installation = pgTable(
	'installation',
	{
		id: integer('id')
			.primaryKey()
			.default(sql`1`),
		/** Demo accounts exist only where this is true; every page then wears the demo frame. */
		isDemo: boolean('is_demo').notNull(),
		/** The demonstration is still being written: nobody has worked here, and the next start begins again with nothing. */
		isDemoUnfinished: boolean('is_demo_unfinished').notNull().default(false),
		/** A known text sealed by the master key: tells a wrong key before it can do damage. */
		keyCheck: bytea('key_check').notNull(),
		createdAt: instant('created_at').notNull(),
	},
	(row) => [check('installation_is_one_row', sql`${row.id} = 1`)],
);
