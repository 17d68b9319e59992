import { z } from 'zod';
import { idSchema, type CaseId, type MeetingId, type PersonId, type TeamId } from '../../../domain/ids.ts';
import { isoWeekSchema } from '../../../domain/iso-week-schema.ts';
import { ITEM_STATES, MEETING_PHASES } from '../../../domain/meeting/meeting.ts';
import { personOnCaseSchema } from '../case/case-board.ts';

/** What one participant gets of a meeting. A citizen whose board they may not read is a place on the agenda and no more. */

const instant = z.iso.datetime();

export const meetingItemViewSchema = z.object({
	/** From 1. */
	position: z.int(),
	/** Null, like the name, for who may not read the case's team compartment. */
	caseId: idSchema<CaseId>().nullable(),
	citizenName: z.string().nullable(),
	state: z.enum(ITEM_STATES),
	budgetMs: z.int(),
	spentMs: z.int(),
	/** Since when the current item's clock runs, on top of `spentMs`; null while it stands. */
	since: instant.nullable(),
	/** Why it is here: signals about what waits on the team, never about the person. */
	isNews: z.boolean(),
	isSilent: z.boolean(),
	/** The week it was last discussed in. */
	lastDiscussed: isoWeekSchema.nullable(),
});
export type MeetingItemView = z.infer<typeof meetingItemViewSchema>;

export const attendeeSchema = z.object({
	person: personOnCaseSchema,
	/** Null for a member of the team who has not come. */
	firstSeenAt: instant.nullable(),
	lastSeenAt: instant.nullable(),
	isPresent: z.boolean(),
});

export const meetingViewSchema = z.object({
	id: idSchema<MeetingId>(),
	revision: z.int(),
	team: z.object({ id: idSchema<TeamId>(), name: z.string() }),
	week: isoWeekSchema,
	phase: z.enum(MEETING_PHASES),
	openedAt: instant.nullable(),
	closedAt: instant.nullable(),
	chairId: idSchema<PersonId>().nullable(),
	askedBy: idSchema<PersonId>().nullable(),
	isCurtainDown: z.boolean(),
	isCitizenPresent: z.boolean(),
	items: z.array(meetingItemViewSchema),
	/** Members of the team and whoever else came; by name. */
	attendance: z.array(attendeeSchema),
	/** Wall screens that show this meeting. */
	wallScreens: z.int(),
	may: z.object({ lead: z.boolean(), chair: z.boolean() }),
	meId: idSchema<PersonId>(),
	/** The server's clock when this was read: the browser's never tells the time used. */
	now: instant,
});
export type MeetingView = z.infer<typeof meetingViewSchema>;

/** A team's meeting as its members see it from elsewhere: the button on the caseload, the ribbon on a board. */
export const meetingBriefSchema = z.object({
	id: idSchema<MeetingId>(),
	revision: z.int(),
	team: z.object({ id: idSchema<TeamId>(), name: z.string() }),
	week: isoWeekSchema,
	phase: z.enum(MEETING_PHASES),
	/** The current item's place and the number of items; null between citizens. */
	position: z.int().nullable(),
	count: z.int(),
	/** Where the meeting is; null also where the reader may not read that case. */
	current: z.object({ caseId: idSchema<CaseId>(), citizenName: z.string() }).nullable(),
	mayLead: z.boolean(),
});
export type MeetingBrief = z.infer<typeof meetingBriefSchema>;

export const meetingListSchema = z.object({
	running: z.array(meetingBriefSchema),
	/** Teams the reader leads that have no meeting. */
	startable: z.array(
		z.object({
			team: z.object({ id: idSchema<TeamId>(), name: z.string() }),
			/** What a meeting started now would be about. */
			week: isoWeekSchema,
			/** The one already held about that week: another would be an extra one. */
			heldId: idSchema<MeetingId>().nullable(),
		}),
	),
});
export type MeetingList = z.infer<typeof meetingListSchema>;
