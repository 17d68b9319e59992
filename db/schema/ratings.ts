import { boolean, foreignKey, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { PROFESSIONS } from '../../domain/people.ts';
import { citizenCase } from './cases.ts';
import { bytea, instant } from './columns.ts';
import { person } from './people.ts';

/** One milestone of one case in one week: its answers are hidden until all are shown at once, and never hidden again. */
export const ratingRound = pgTable(
	'rating_round',
	{
		caseId: uuid('case_id')
			.notNull()
			.references(() => citizenCase.id),
		/** `2026-W47` */
		week: text('week').notNull(),
		/** A milestone id of the case's template version. */
		milestone: text('milestone').notNull(),
		revealedAt: instant('revealed_at'),
		revealedBy: uuid('revealed_by').references(() => person.id),
	},
	(row) => [primaryKey({ columns: [row.caseId, row.week, row.milestone] })],
);

/** One answer in a round: the citizen's, or one professional's. */
export const rating = pgTable(
	'rating',
	{
		id: uuid('id').primaryKey(),
		caseId: uuid('case_id').notNull(),
		week: text('week').notNull(),
		milestone: text('milestone').notNull(),
		/** Null for the citizen. */
		personId: uuid('person_id').references(() => person.id),
		/** What the professional was at the time; null for the citizen. */
		profession: text('profession', { enum: PROFESSIONS }),
		/** Who wrote it down: oneself, or on the citizen's behalf. */
		recordedBy: uuid('recorded_by')
			.notNull()
			.references(() => person.id),
		sealedValue: bytea('sealed_value').notNull(),
		givenAt: instant('given_at').notNull(),
		afterReveal: boolean('after_reveal').notNull(),
	},
	(row) => [
		foreignKey({
			name: 'rating_in_round',
			columns: [row.caseId, row.week, row.milestone],
			foreignColumns: [ratingRound.caseId, ratingRound.week, ratingRound.milestone],
		}),
		unique('rating_once_each').on(row.caseId, row.week, row.milestone, row.personId).nullsNotDistinct(),
	],
);
