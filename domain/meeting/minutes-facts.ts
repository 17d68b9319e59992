import { z } from 'zod';
import { GOAL_KINDS } from '../goal/goal.ts';
import { idSchema, type CaseId, type MeetingId, type PersonId, type PlacementId, type SnapshotId, type TeamId } from '../ids.ts';
import { isoWeekSchema } from '../iso-week-schema.ts';
import { isDay } from '../iso-week.ts';
import { PROFESSIONS } from '../people.ts';
import { labelSchema } from '../programme/template.ts';
import { TRACK_STATES } from '../track/track.ts';
import { DIRECTIONS } from '../week/week-status.ts';
import { CHECKLIST_LINES } from './checklist.ts';

/**
 * Danish: referat. What a meeting says of one case, as facts and in the words of those who were there. The names are those of
 * the day it closed; the words round them come from messages/. Stored sealed and never changed.
 */

const instant = z.iso.datetime();
const day = z.string().refine(isDay);
const personId = idSchema<PersonId>();

/** A choice as it stood: none, one, or several while nobody has picked. */
const chosen = <Schema extends z.ZodType>(schema: Schema) => z.array(schema);

const taskFacts = z.object({
	text: z.string(),
	owners: chosen(personId),
	dueOn: chosen(day),
	isOverdue: z.boolean(),
	/** It lies with a company. */
	placementId: idSchema<PlacementId>().nullable(),
	/** It was not there when the meeting began. */
	isNew: z.boolean(),
});

const trackFacts = z.object({
	type: labelSchema,
	/** What tells two tracks of one type apart. */
	label: z.string(),
	state: z.enum(TRACK_STATES).nullable(),
	/** Since when it rests; null while it does not. */
	pausedFrom: isoWeekSchema.nullable(),
	directions: chosen(z.enum(DIRECTIONS)),
	attended: chosen(z.object({ came: z.number(), planned: z.number() })),
	line: z.string(),
	/** The last week somebody said something; null when nobody ever did. */
	lastSaid: isoWeekSchema.nullable(),
});

export const minutesFactsSchema = z.object({
	version: z.literal(1),
	meetingId: idSchema<MeetingId>(),
	caseId: idSchema<CaseId>(),
	organisation: z.string(),
	team: z.object({ id: idSchema<TeamId>(), name: z.string() }),
	week: isoWeekSchema,
	openedAt: instant,
	closedAt: instant,
	/** From 1, among all items of the agenda. */
	position: z.int(),
	of: z.int(),
	spentMs: z.int(),
	citizenName: z.string(),
	goal: z.object({
		team: z.string(),
		citizen: z.string(),
		kinds: chosen(z.enum(GOAL_KINDS)),
		targetDays: chosen(day),
		saidInWeeks: chosen(isoWeekSchema),
	}),
	/** Its place among the phases of the case's template. */
	phase: z.object({ label: labelSchema, position: z.int(), of: z.int() }).nullable(),
	coordinator: personId.nullable(),
	/** Who it was before, until which week. */
	coordinatorBefore: z.object({ personId, until: isoWeekSchema }).nullable(),
	/** Those the minutes before did not have. */
	decisions: z.array(z.object({ text: z.string(), owners: chosen(personId), dueOn: chosen(day), by: personId, at: instant })),
	/** The checklist's lines with words the minutes before did not have. */
	agreed: z.partialRecord(z.enum(CHECKLIST_LINES), z.string()),
	tracks: z.array(trackFacts),
	/** What goes on: carried from before, and new. */
	tasks: z.array(taskFacts),
	equation: z.object({
		open: z.int(),
		done: z.int(),
		carried: z.int(),
		dropped: z.array(z.object({ text: z.string(), by: personId, at: instant, reason: z.string() })),
	}),
	chair: personId,
	/** In the order they came. */
	attendance: z.array(z.object({ personId, firstSeenAt: instant, lastSeenAt: instant })),
	/** Members of the team who did not come. */
	absent: z.array(personId),
	/** Who wrote in what the team reads since the snapshot before. */
	writers: z.array(personId),
	people: z.record(
		personId,
		z.object({
			name: z.string(),
			profession: z.enum(PROFESSIONS),
			/** Null for the municipality's own. */
			organisation: z.string().nullable(),
		}),
	),
	snapshotId: idSchema<SnapshotId>(),
	/** SHA-256, in hexadecimal: the whole code. */
	snapshotHash: z.string().regex(/^[0-9a-f]{64}$/),
});
export type MinutesFacts = z.infer<typeof minutesFactsSchema>;
