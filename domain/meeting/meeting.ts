import type { CaseId, MeetingId, PersonId, TeamId } from '../ids.ts';
import type { IsoWeek } from '../iso-week.ts';

export const MEETING_PHASES = ['planned', 'open', 'parked', 'closed'] as const;
export type MeetingPhase = (typeof MEETING_PHASES)[number];

export const ITEM_STATES = ['waiting', 'current', 'done', 'not-reached'] as const;
export type ItemState = (typeof ITEM_STATES)[number];

interface ItemFacts {
	readonly caseId: CaseId;
	/** The time set aside, in milliseconds; borrowing moves it from an item that waits. */
	readonly budgetMs: number;
	/** The time used before now; a current item's clock runs on from `since`. */
	readonly spentMs: number;
}

/** Danish: punkt. One citizen on the agenda. An item can become current again as long as the meeting is open. */
export type AgendaItem =
	| (ItemFacts & { readonly state: 'waiting' | 'done' | 'not-reached' })
	/** `since` is null while the meeting is parked or the clock paused. */
	| (ItemFacts & { readonly state: 'current'; readonly since: Date | null });

interface MeetingFacts {
	readonly id: MeetingId;
	readonly teamId: TeamId;
	/** The week it is about; one team has at most one meeting that is not closed. */
	readonly week: IsoWeek;
	/** In the order they are taken; every case stands in it once. At most one item is current. */
	readonly items: readonly AgendaItem[];
}

interface StartedFacts extends MeetingFacts {
	readonly openedAt: Date;
	/** Danish: ordstyrer. */
	readonly chairId: PersonId;
}

export interface PlannedMeeting extends MeetingFacts {
	readonly phase: 'planned';
}

interface RunningFacts extends StartedFacts {
	/** Who asks for the chair and has not been answered. */
	readonly askedBy: PersonId | null;
	/** Danish: forhæng. While it is down the wall shows nothing about anybody. */
	readonly isCurtainDown: boolean;
	/** The citizen of the current item is in the room: the wall narrows to own words, goal, tracks, tasks and hours. */
	readonly isCitizenPresent: boolean;
}

export interface OpenMeeting extends RunningFacts {
	readonly phase: 'open';
}

export interface ParkedMeeting extends RunningFacts {
	readonly phase: 'parked';
	readonly parkedAt: Date;
}

export interface ClosedMeeting extends StartedFacts {
	readonly phase: 'closed';
	readonly closedAt: Date;
}

/** planned → open ⇄ parked → closed, and never back. A correction is an amendment to the minutes. */
export type Meeting = PlannedMeeting | OpenMeeting | ParkedMeeting | ClosedMeeting;
