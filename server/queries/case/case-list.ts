import { z } from 'zod';
import { idSchema, type CaseId, type PlacementId, type TeamId } from '../../../domain/ids.ts';
import { labelSchema } from '../../../domain/programme/template.ts';

/** One row of the list a person finds their citizens in. What a reader may not know is null, never absent. */
export const caseListEntrySchema = z.object({
	id: idSchema<CaseId>(),
	citizenName: z.string(),
	/** Whole years today; null for who does not read `team`. */
	age: z.number().int().nullable(),
	/** Both wordings; null for who does not read `team`. */
	goal: z.object({ team: z.string(), citizen: z.string() }).nullable(),
	phase: labelSchema.nullable(),
	/** Danish: tovholder. Today's, by name. */
	coordinator: z.string().nullable(),
	team: z.object({ id: idSchema<TeamId>(), name: z.string() }).nullable(),
	/** Purpose instead of the goal, for who reads a placement but not `team`. */
	placements: z.array(z.object({ id: idSchema<PlacementId>(), company: z.string(), purpose: z.string() })),
	/** Only for a prison partner and others who read `justice`. */
	releaseDay: z.string().nullable(),
	/** True for a reader who gets the composed summary instead of a board. */
	summaryOnly: z.boolean(),
	/** Somebody else changed what the reader may read since the reader last opened the board. */
	hasNews: z.boolean(),
	closed: z.boolean(),
});
export type CaseListEntry = z.infer<typeof caseListEntrySchema>;

export const caseListSchema = z.object({ cases: z.array(caseListEntrySchema) });
export type CaseList = z.infer<typeof caseListSchema>;
