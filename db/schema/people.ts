import { sql } from 'drizzle-orm';
import { boolean, date, index, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { OFFLINE_TEXT_RULES } from '../../domain/offline-text.ts';
import { ORGANISATION_KINDS, PROFESSIONS } from '../../domain/people.ts';
import { instant } from './columns.ts';

/** A municipality and its partners. A partner belongs to the municipality whose citizens it works with. */
export const organisation = pgTable(
	'organisation',
	{
		id: uuid('id').primaryKey(),
		/** The municipality whose board this is; equal to `id` for the municipality itself. */
		hostId: uuid('host_id').notNull(),
		name: text('name').notNull(),
		kind: text('kind', { enum: ORGANISATION_KINDS }).notNull(),
		/** Whether unsent words may lie, sealed, on its people's devices. */
		offlineText: text('offline_text', { enum: OFFLINE_TEXT_RULES }).notNull().default('kept'),
		createdAt: instant('created_at').notNull(),
	},
	(row) => [uniqueIndex('organisation_name').on(row.hostId, row.name)],
);

/** Somebody who works with citizens. The id is also the id of the sign-in account. */
export const person = pgTable(
	'person',
	{
		id: uuid('id').primaryKey(),
		organisationId: uuid('organisation_id')
			.notNull()
			.references(() => organisation.id),
		name: text('name').notNull(),
		/** Lower case; the sign-in name. */
		email: text('email').notNull(),
		profession: text('profession', { enum: PROFESSIONS }).notNull(),
		createdAt: instant('created_at').notNull(),
		/** Set when the person left; the account no longer signs in. */
		endedAt: instant('ended_at'),
	},
	(row) => [uniqueIndex('person_email').on(row.email), index('person_organisation').on(row.organisationId)],
);

export const team = pgTable(
	'team',
	{
		id: uuid('id').primaryKey(),
		organisationId: uuid('organisation_id')
			.notNull()
			.references(() => organisation.id),
		name: text('name').notNull(),
		createdAt: instant('created_at').notNull(),
	},
	(row) => [uniqueIndex('team_name').on(row.organisationId, row.name)],
);

/** Membership is who meets each week. It opens no case; leading the team does. */
export const teamMember = pgTable(
	'team_member',
	{
		teamId: uuid('team_id')
			.notNull()
			.references(() => team.id),
		personId: uuid('person_id')
			.notNull()
			.references(() => person.id),
		isLead: boolean('is_lead')
			.notNull()
			.default(sql`false`),
		fromDay: date('from_day').notNull(),
		/** The last day, included; null while it lasts. */
		untilDay: date('until_day'),
	},
	(row) => [primaryKey({ columns: [row.teamId, row.personId, row.fromDay] }), index('team_member_person').on(row.personId)],
);
