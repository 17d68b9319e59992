import { bigint, index, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { AUDIT_ACTIONS } from '../../domain/audit-entry.ts';
import { READ_PURPOSES } from '../../domain/disclosure/access-basis.ts';
import { bytea, instant } from './columns.ts';

/** The end of one hash chain (one per case, one per organisation); its row is locked while an entry is added. */
export const auditChain = pgTable('audit_chain', {
	chainId: uuid('chain_id').primaryKey(),
	position: bigint('position', { mode: 'number' }).notNull(),
	hash: bytea('hash').notNull(),
});

/**
 * Who did or read what. Append-only: a trigger refuses UPDATE, DELETE and TRUNCATE. Each row's hash covers the row
 * and the hash before it, so a changed or missing row is found by reading the chain.
 */
export const auditEntry = pgTable(
	'audit_entry',
	{
		chainId: uuid('chain_id').notNull(),
		position: bigint('position', { mode: 'number' }).notNull(),
		at: instant('at').notNull(),
		/** Null for the server itself. */
		personId: uuid('person_id'),
		sessionId: text('session_id'),
		action: text('action', { enum: AUDIT_ACTIONS }).notNull(),
		purpose: text('purpose', { enum: READ_PURPOSES }),
		/** Ids and closed words only. */
		subject: jsonb('subject').notNull(),
		compartments: text('compartments').array(),
		hash: bytea('hash').notNull(),
	},
	(row) => [primaryKey({ columns: [row.chainId, row.position] }), index('audit_entry_person').on(row.personId, row.at)],
);
