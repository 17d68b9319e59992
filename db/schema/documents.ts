import { sql } from 'drizzle-orm';
import { bigint, check, foreignKey, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bytea, instant } from './columns.ts';
import { citizenCase, placement } from './cases.ts';
import { person } from './people.ts';

/** One co-edited document. Its name on the wire is made from these columns by board/doc-name.ts. */
export const boardDocument = pgTable(
	'board_document',
	{
		id: uuid('id').primaryKey(),
		caseId: uuid('case_id')
			.notNull()
			.references(() => citizenCase.id),
		kind: text('kind', { enum: ['team', 'placement', 'private'] }).notNull(),
		placementId: uuid('placement_id').references(() => placement.id),
		personId: uuid('person_id').references(() => person.id),
		/** Raised by a restore; the old name then answers 4410. */
		epoch: integer('epoch')
			.notNull()
			.default(sql`1`),
		/** The newest sequence in the log; this row is locked while one is given out. */
		seq: bigint('seq', { mode: 'number' })
			.notNull()
			.default(sql`0`),
		/** The shape its log was last brought to, so that nobody has to replay it to know; board/schema.ts. */
		schemaVersion: integer('schema_version')
			.notNull()
			.default(sql`1`),
		createdAt: instant('created_at').notNull(),
	},
	(row) => [
		uniqueIndex('board_document_team')
			.on(row.caseId)
			.where(sql`kind = 'team'`),
		uniqueIndex('board_document_placement')
			.on(row.placementId)
			.where(sql`kind = 'placement'`),
		uniqueIndex('board_document_private')
			.on(row.caseId, row.personId)
			.where(sql`kind = 'private'`),
		check(
			'board_document_owner',
			sql`(kind = 'placement') = (placement_id is not null) and (kind = 'private') = (person_id is not null)`,
		),
	],
);

/** Every update ever accepted, by document and sequence; never updated, deleted only by retention or erasure. */
export const boardUpdate = pgTable(
	'board_update',
	{
		documentId: uuid('document_id')
			.notNull()
			.references(() => boardDocument.id),
		seq: bigint('seq', { mode: 'number' }).notNull(),
		/** Part of the associated data of the seal, so a row cannot be moved. */
		rowId: uuid('row_id').notNull(),
		/** Null for the server's own updates: seeding and migration. */
		personId: uuid('person_id'),
		/** The sign-in session, for the audit of who wrote from where. */
		sessionId: text('session_id'),
		receivedAt: instant('received_at').notNull(),
		/** V1 update, sealed with the case's key. */
		sealed: bytea('sealed').notNull(),
	},
	(row) => [
		primaryKey({ columns: [row.documentId, row.seq] }),
		uniqueIndex('board_update_row').on(row.rowId),
		check('board_update_seq_is_positive', sql`${row.seq} > 0`),
	],
);

/** An update by which one person had deleted much of a document within a short span. Whoever may take the document back is told, until they have looked. */
export const boardMassDeletion = pgTable(
	'board_mass_deletion',
	{
		documentId: uuid('document_id').notNull(),
		seq: bigint('seq', { mode: 'number' }).notNull(),
		/** The newest sequence before the span: what the document can be taken back to. */
		sinceSeq: bigint('since_seq', { mode: 'number' }).notNull(),
		/** Letters and choices that stood when the span began or that others wrote since, and how many of them this person deleted. */
		stood: bigint('stood', { mode: 'number' }).notNull(),
		deleted: bigint('deleted', { mode: 'number' }).notNull(),
		dismissedBy: uuid('dismissed_by').references(() => person.id),
		dismissedAt: instant('dismissed_at'),
	},
	(row) => [
		primaryKey({ columns: [row.documentId, row.seq] }),
		foreignKey({
			name: 'board_mass_deletion_update',
			columns: [row.documentId, row.seq],
			foreignColumns: [boardUpdate.documentId, boardUpdate.seq],
		}),
		check('board_mass_deletion_goes_back', sql`${row.sinceSeq} > 0 and ${row.sinceSeq} < ${row.seq}`),
		check('board_mass_deletion_dismissal', sql`(dismissed_by is null) = (dismissed_at is null)`),
	],
);

/** Where an epoch after the first begins: its first row holds a whole document of its own and builds on nothing before it. */
export const boardEpoch = pgTable(
	'board_epoch',
	{
		documentId: uuid('document_id')
			.notNull()
			.references(() => boardDocument.id),
		epoch: integer('epoch').notNull(),
		firstSeq: bigint('first_seq', { mode: 'number' }).notNull(),
		/** The sequence the document was taken back to. */
		restoredTo: bigint('restored_to', { mode: 'number' }).notNull(),
		/** Null when the system began it, after an operator restored a backup. */
		restoredBy: uuid('restored_by').references(() => person.id),
		restoredAt: instant('restored_at').notNull(),
	},
	(row) => [
		primaryKey({ columns: [row.documentId, row.epoch] }),
		uniqueIndex('board_epoch_first').on(row.documentId, row.firstSeq),
		check('board_epoch_goes_back', sql`${row.epoch} > 1 and ${row.restoredTo} > 0 and ${row.restoredTo} < ${row.firstSeq}`),
	],
);

/** Which person first used a Yjs client id in a document; nobody else may write under it. */
export const boardClient = pgTable(
	'board_client',
	{
		documentId: uuid('document_id')
			.notNull()
			.references(() => boardDocument.id),
		clientId: bigint('client_id', { mode: 'number' }).notNull(),
		personId: uuid('person_id'),
	},
	(row) => [primaryKey({ columns: [row.documentId, row.clientId] })],
);

/** The document compacted up to `seq`, verified equal to the log before it was stored. */
export const boardCheckpoint = pgTable(
	'board_checkpoint',
	{
		documentId: uuid('document_id')
			.notNull()
			.references(() => boardDocument.id),
		seq: bigint('seq', { mode: 'number' }).notNull(),
		/** Whole state as a V2 update, sealed with the case's key. */
		sealed: bytea('sealed').notNull(),
		/** SHA-256 over the previous hash and the unsealed bytes. */
		hash: bytea('hash').notNull(),
		createdAt: instant('created_at').notNull(),
	},
	(row) => [primaryKey({ columns: [row.documentId, row.seq] })],
);

/** The read model of a document: its plain rows as JSON, sealed. A cache that can be rebuilt from the log. */
export const boardProjection = pgTable('board_projection', {
	documentId: uuid('document_id')
		.primaryKey()
		.references(() => boardDocument.id),
	/** The sequence it covers. */
	seq: bigint('seq', { mode: 'number' }).notNull(),
	sealed: bytea('sealed').notNull(),
	projectedAt: instant('projected_at').notNull(),
});

/** Text whose author lost the right to read while it was unsent; opened again only by its author, deleted after 30 days. */
export const unsentText = pgTable(
	'unsent_text',
	{
		id: uuid('id').primaryKey(),
		caseId: uuid('case_id')
			.notNull()
			.references(() => citizenCase.id),
		authorId: uuid('author_id')
			.notNull()
			.references(() => person.id),
		/** UTF-16 code units: all the lead gets to know. */
		length: integer('length').notNull(),
		sealed: bytea('sealed').notNull(),
		sealedAt: instant('sealed_at').notNull(),
	},
	(row) => [index('unsent_text_case').on(row.caseId)],
);
