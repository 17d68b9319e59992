import { sql } from 'drizzle-orm';
import { check, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { OBSERVATION_KINDS, SHAREABLE_COMPARTMENTS } from '../../domain/observation/observation.ts';
import { bytea, instant } from './columns.ts';
import { citizenCase, placement } from './cases.ts';
import { person } from './people.ts';

/** What somebody saw, in their own words; the text is never changed, only followed by an amendment. */
export const observation = pgTable(
	'observation',
	{
		id: uuid('id').primaryKey(),
		caseId: uuid('case_id')
			.notNull()
			.references(() => citizenCase.id),
		compartment: text('compartment', { enum: SHAREABLE_COMPARTMENTS }).notNull(),
		placementId: uuid('placement_id').references(() => placement.id),
		authorId: uuid('author_id')
			.notNull()
			.references(() => person.id),
		/** The private draft it was shared from: sharing the same draft twice is one observation. */
		draftId: uuid('draft_id').notNull(),
		kind: text('kind', { enum: OBSERVATION_KINDS }).notNull(),
		/** A track of the team document, when it is about one. */
		trackId: uuid('track_id'),
		sealedText: bytea('sealed_text').notNull(),
		sharedAt: instant('shared_at').notNull(),
	},
	(row) => [
		uniqueIndex('observation_draft').on(row.caseId, row.authorId, row.draftId),
		index('observation_case').on(row.caseId, row.sharedAt),
		check('observation_placement', sql`(compartment = 'placement') = (placement_id is not null)`),
	],
);

export const observationAmendment = pgTable(
	'observation_amendment',
	{
		id: uuid('id').primaryKey(),
		observationId: uuid('observation_id')
			.notNull()
			.references(() => observation.id),
		sealedText: bytea('sealed_text').notNull(),
		amendedAt: instant('amended_at').notNull(),
	},
	(row) => [index('observation_amendment_observation').on(row.observationId)],
);

export const observationComment = pgTable(
	'observation_comment',
	{
		id: uuid('id').primaryKey(),
		observationId: uuid('observation_id')
			.notNull()
			.references(() => observation.id),
		authorId: uuid('author_id')
			.notNull()
			.references(() => person.id),
		sealedText: bytea('sealed_text').notNull(),
		commentedAt: instant('commented_at').notNull(),
	},
	(row) => [index('observation_comment_observation').on(row.observationId)],
);
