import { sql } from 'drizzle-orm';
import { bigint, boolean, check, date, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { ACCESS_BASES } from '../../domain/disclosure/access-basis.ts';
import { bytea, instant } from './columns.ts';
import { organisation, person, team } from './people.ts';

/** A random AES-256 key wrapped by the master key. Destroying the row's `wrapped` makes all it sealed unreadable. */
export const dataKey = pgTable('data_key', {
	id: uuid('id').primaryKey(),
	/** Null once destroyed by an erasure. */
	wrapped: bytea('wrapped'),
	createdAt: instant('created_at').notNull(),
	destroyedAt: instant('destroyed_at'),
	/** When the table's file had been written anew without it; null while it may lie there as a dead row. */
	wipedAt: instant('wiped_at'),
});

/** Everything personal is sealed with the citizen's key; only the blind index can be searched. */
export const citizen = pgTable(
	'citizen',
	{
		id: uuid('id').primaryKey(),
		organisationId: uuid('organisation_id')
			.notNull()
			.references(() => organisation.id),
		dataKeyId: uuid('data_key_id')
			.notNull()
			.references(() => dataKey.id),
		sealedName: bytea('sealed_name').notNull(),
		sealedBirthDay: bytea('sealed_birth_day'),
		sealedCpr: bytea('sealed_cpr'),
		/** HMAC of the CPR number under a key derived from the master key: finds a duplicate without reading one. */
		cprIndex: bytea('cpr_index'),
		createdAt: instant('created_at').notNull(),
	},
	(row) => [uniqueIndex('citizen_cpr').on(row.organisationId, row.cprIndex)],
);

/** A programme template as it stood; only its last day is ever set anew, when another version follows or it is retired. */
export const templateVersion = pgTable(
	'template_version',
	{
		id: uuid('id').primaryKey(),
		organisationId: uuid('organisation_id')
			.notNull()
			.references(() => organisation.id),
		templateKey: text('template_key').notNull(),
		version: integer('version').notNull(),
		validFrom: date('valid_from').notNull(),
		validUntil: date('valid_until'),
		/** Parsed with domain/programme/template.ts on the way in and out. */
		content: jsonb('content').notNull(),
		createdAt: instant('created_at').notNull(),
	},
	(row) => [uniqueIndex('template_version_number').on(row.organisationId, row.templateKey, row.version)],
);

/** Danish: sag. One course of one citizen with one team. */
export const citizenCase = pgTable(
	'citizen_case',
	{
		id: uuid('id').primaryKey(),
		organisationId: uuid('organisation_id')
			.notNull()
			.references(() => organisation.id),
		citizenId: uuid('citizen_id')
			.notNull()
			.references(() => citizen.id),
		teamId: uuid('team_id')
			.notNull()
			.references(() => team.id),
		templateVersionId: uuid('template_version_id')
			.notNull()
			.references(() => templateVersion.id),
		/** Seals the documents, observations and read models of this case. */
		dataKeyId: uuid('data_key_id')
			.notNull()
			.references(() => dataKey.id),
		/** A phase id of the template version. */
		phase: text('phase'),
		releaseDay: date('release_day'),
		openedAt: instant('opened_at').notNull(),
		closedAt: instant('closed_at'),
		/** From then on nobody finds it: its key is destroyed, and only its audit chain and its hashes are left. */
		erasedAt: instant('erased_at'),
	},
	(row) => [index('citizen_case_team').on(row.teamId), index('citizen_case_citizen').on(row.citizenId)],
);

/** Danish: tovholder, by dates, so that the change shows on the board. */
export const coordinatorAssignment = pgTable(
	'coordinator_assignment',
	{
		id: uuid('id').primaryKey(),
		caseId: uuid('case_id')
			.notNull()
			.references(() => citizenCase.id),
		personId: uuid('person_id')
			.notNull()
			.references(() => person.id),
		fromDay: date('from_day').notNull(),
		/** The last day, included. */
		untilDay: date('until_day'),
	},
	(row) => [
		index('coordinator_assignment_case').on(row.caseId),
		index('coordinator_assignment_person').on(row.personId),
		check('coordinator_assignment_days', sql`${row.untilDay} is null or ${row.untilDay} >= ${row.fromDay}`),
	],
);

/** Danish: virksomhedsforløb. One stay at one company; its co-edited document is its own compartment. */
export const placement = pgTable(
	'placement',
	{
		id: uuid('id').primaryKey(),
		caseId: uuid('case_id')
			.notNull()
			.references(() => citizenCase.id),
		companyId: uuid('company_id')
			.notNull()
			.references(() => organisation.id),
		fromDay: date('from_day').notNull(),
		untilDay: date('until_day'),
		createdAt: instant('created_at').notNull(),
	},
	(row) => [index('placement_case').on(row.caseId)],
);

/** Access of one person to one case: why, from when, until when. Ended, never deleted. */
export const caseAccess = pgTable(
	'case_access',
	{
		id: uuid('id').primaryKey(),
		caseId: uuid('case_id')
			.notNull()
			.references(() => citizenCase.id),
		personId: uuid('person_id')
			.notNull()
			.references(() => person.id),
		/** For a company mentor: the one placement it is about. */
		placementId: uuid('placement_id').references(() => placement.id),
		addsClinical: boolean('adds_clinical')
			.notNull()
			.default(sql`false`),
		addsJustice: boolean('adds_justice')
			.notNull()
			.default(sql`false`),
		basis: text('basis', { enum: ACCESS_BASES }).notNull(),
		fromDay: date('from_day').notNull(),
		/** The last day, included. Every access has an end. */
		untilDay: date('until_day').notNull(),
		grantedBy: uuid('granted_by')
			.notNull()
			.references(() => person.id),
		grantedAt: instant('granted_at').notNull(),
		endedAt: instant('ended_at'),
		endedBy: uuid('ended_by').references(() => person.id),
	},
	(row) => [
		index('case_access_case').on(row.caseId),
		index('case_access_person').on(row.personId),
		check('case_access_days', sql`${row.untilDay} >= ${row.fromDay}`),
	],
);

/**
 * The outbox of rights: written in the transaction that changed them, read by every process within a second.
 * Null `caseId` means all cases of the person, null `personId` everybody on the case.
 */
export const rightsChange = pgTable('rights_change', {
	id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
	caseId: uuid('case_id'),
	personId: uuid('person_id'),
	at: instant('at').notNull(),
});
