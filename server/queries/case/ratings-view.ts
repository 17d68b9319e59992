import { z } from 'zod';
import { idSchema, type PersonId } from '../../../domain/ids.ts';
import { isoWeekSchema } from '../../../domain/iso-week-schema.ts';
import { PROFESSIONS } from '../../../domain/people.ts';
import { labelSchema, ratingStepSchema } from '../../../domain/programme/template.ts';
import { personOnCaseSchema } from './case-board.ts';

/** What a reader gets of the milestones of one case: values only where all were shown together, and their own. */

const instant = z.iso.datetime();
const personId = idSchema<PersonId>();

export const ratingAnswerSchema = z.object({
	/** Null for the citizen. */
	personId: personId.nullable(),
	/** At the time; null for the citizen. */
	profession: z.enum(PROFESSIONS).nullable(),
	/** Who wrote it down: oneself, or on the citizen's behalf. */
	recordedBy: personId,
	givenAt: instant,
	/** Given when the others' answers could be seen. */
	afterReveal: z.boolean(),
	/** Null while hidden from this reader. */
	value: z.int().nullable(),
});
export type RatingAnswer = z.infer<typeof ratingAnswerSchema>;

/** One milestone in one week. */
export const ratingRoundSchema = z.object({
	week: isoWeekSchema,
	/** Null while the answers are hidden. */
	revealedAt: instant.nullable(),
	revealedBy: personId.nullable(),
	/** Null while hidden, and where nobody answered. */
	citizen: z.number().nullable(),
	/** The median of the professionals, halves included; null as above. */
	professionals: z.number().nullable(),
	/** In the order they were given: who has answered is no secret. */
	answers: z.array(ratingAnswerSchema),
});
export type RatingRoundView = z.infer<typeof ratingRoundSchema>;

export const ratingsViewSchema = z.object({
	/** The week under way. */
	week: isoWeekSchema,
	/** The weeks the lines run over, oldest first. */
	weeks: z.array(isoWeekSchema),
	/** From the lowest step to the highest. */
	scale: z.array(ratingStepSchema),
	/** Every milestone of the template, in its order; `rounds` oldest first. */
	milestones: z.array(z.object({ id: z.string(), label: labelSchema, rounds: z.array(ratingRoundSchema) })),
	/** Everybody named here, and everybody who may answer. Sorted by name. */
	people: z.array(personOnCaseSchema.extend({ mayAnswer: z.boolean() })),
	may: z.object({ rate: z.boolean(), reveal: z.boolean() }),
});
export type RatingsView = z.infer<typeof ratingsViewSchema>;
