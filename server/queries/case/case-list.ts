import { z } from 'zod';
import { CELL_KINDS } from '../../../board/caseload-row.ts';
import type { AttentionSignal } from '../../../domain/caseload/attention.ts';
import { idSchema, type CaseId, type PersonId, type PlacementId, type TeamId } from '../../../domain/ids.ts';
import { isoWeekSchema } from '../../../domain/iso-week-schema.ts';
import { labelSchema, trackTypeSchema } from '../../../domain/programme/template.ts';

/** What the caseload shows of the plan; only for who reads `team`, who reads all of its tracks. */
export const casePlanSchema = z.object({
	/** `step` of `of`, from 1; null while no phase is set. */
	phase: z.object({ id: z.string(), step: z.number().int(), of: z.number().int() }).nullable(),
	/** This week's status of each kind of track under way; `trackType` null is the job-directed column. */
	cells: z.array(z.object({ trackType: z.string().nullable(), kind: z.enum(CELL_KINDS) })).readonly(),
	/** Twelve weeks, oldest first; null where nobody counted, which is not zero. */
	attendance: z.array(z.object({ came: z.number(), planned: z.number() }).nullable()).readonly(),
	openTasks: z.number().int(),
	overdueTasks: z.number().int(),
	/** What waits on the team, with its reason; never a score. Their types: domain/caseload/attention.ts. */
	signals: z.array(z.custom<AttentionSignal>((value) => typeof value === 'object').meta({ type: 'object' })),
	/** Nobody has written anything for a week. */
	silent: z.boolean(),
	coordinatorId: idSchema<PersonId>().nullable(),
	/** The reader coordinates the case or is responsible for one of its tracks. */
	mine: z.boolean(),
});
export type CasePlan = z.infer<typeof casePlanSchema>;

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
	/** Null for who does not read `team`. */
	plan: casePlanSchema.nullable(),
});
export type CaseListEntry = z.infer<typeof caseListEntrySchema>;

export const caseListSchema = z.object({
	cases: z.array(caseListEntrySchema),
	/** Of all templates the reader's plans follow, in the templates' order; empty for who reads no plan. */
	trackTypes: z.array(trackTypeSchema),
	/** The server's week when this was read. */
	week: isoWeekSchema,
});
export type CaseList = z.infer<typeof caseListSchema>;
