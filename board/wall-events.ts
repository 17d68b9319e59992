import { z } from 'zod';
import { ITEM_STATES, MEETING_PHASES } from '../domain/meeting/meeting.ts';
import { isoWeekSchema } from '../domain/iso-week-schema.ts';
import { labelSchema } from '../domain/programme/template.ts';
import { TRACK_STATUSES } from './track-status.ts';

/**
 * What the server pushes to a screen on a wall, over socket.io's namespace `/wall`. The screen asks for nothing and speaks
 * no Yjs: it draws the last frame it was given, and a curtain when it is given none. One frame is the whole picture.
 */
export const WALL_NAMESPACE = '/wall';

/** The reason in `connect_error` for a screen the server does not know: it asks for a code. */
export const UNKNOWN_SCREEN = 'unknown-screen';

const instant = z.iso.datetime();
const week = isoWeekSchema;

const whoAndWhen = { who: z.string().nullable(), dueOn: z.string().nullable() };

export const wallTrackSchema = z.object({
	label: labelSchema,
	isJobDirected: z.boolean(),
	from: week.nullable(),
	until: week.nullable(),
	status: z.enum(TRACK_STATUSES),
});
export type WallTrack = z.infer<typeof wallTrackSchema>;

/** The server's clock: the screen's own tells no time. */
const told = { now: instant };

const citizenSchema = z.object({
	...told,
	shows: z.literal('citizen'),
	firstName: z.string(),
	phase: z.object({ label: labelSchema, number: z.int(), of: z.int() }).nullable(),
	goal: z.object({ team: z.string(), citizen: z.string() }),
	week,
	tracks: z.array(wallTrackSchema),
	/** How many tracks there was no room for. */
	moreTracks: z.int(),
	/** The newest decision of this week; null also while the citizen is in the room. */
	decision: z.object({ text: z.string(), ...whoAndWhen }).nullable(),
	isCitizenPresent: z.boolean(),
	/** Open tasks and this week's hours, only while the citizen is in the room. */
	tasks: z.array(z.object({ text: z.string(), ...whoAndWhen })),
	/** How many tasks there was no room for. */
	moreTasks: z.int(),
	hours: z.object({ planned: z.number().nullable(), actual: z.number().nullable() }).nullable(),
	/** Initials; empty while the citizen is in the room. */
	agenda: z.array(z.object({ position: z.int(), initials: z.string(), state: z.enum(ITEM_STATES) })),
	timer: z.object({ budgetMs: z.int(), spentMs: z.int(), since: instant.nullable() }),
});

export const wallFrameSchema = z.discriminatedUnion('shows', [
	z.object({ ...told, shows: z.literal('pairing'), code: z.string() }),
	/** Nothing about anybody. */
	z.object({ ...told, shows: z.literal('curtain'), team: z.string(), week, phase: z.enum(MEETING_PHASES) }),
	citizenSchema,
	/** The pairing is over. */
	z.object({ ...told, shows: z.literal('nothing') }),
]);
export type WallFrame = z.infer<typeof wallFrameSchema>;
export type WallCitizen = z.infer<typeof citizenSchema>;

export interface ServerToWall {
	wallShows(frame: WallFrame): void;
}

export interface WallToServer {
	/** Sent each second; three seconds without an answer and the curtain falls. */
	stillThere(answer: () => void): void;
}
