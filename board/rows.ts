/** The documents as plain JSON: what projections store, the API sends and the web's components render. */
import type { GoalKind } from '../domain/goal/goal.ts';
import type { AccommodationId, DecisionId, DraftId, ObservationId, PauseId, PersonId, TaskId, TrackId } from '../domain/ids.ts';
import type { Day, IsoWeek } from '../domain/iso-week.ts';
import type { ChecklistLine } from '../domain/meeting/checklist.ts';
import type { ObservationKind } from '../domain/observation/observation.ts';
import { isOverdue } from '../domain/task/overdue.ts';
import type { TrackState } from '../domain/track/track.ts';
import type { Attendance, Direction } from '../domain/week/week-status.ts';
import type { Choice } from './choice.ts';
import type { Mark, Pause } from './values.ts';

/** Something in a list that is never deleted: it says who made it, and who took it away. */
interface ListedRow {
	readonly rank: string;
	readonly created: Mark;
	readonly removed: Mark | null;
}

export interface GoalRow {
	readonly team: string;
	readonly citizen: string;
	readonly kind: Choice<GoalKind>;
	readonly targetDay: Choice<Day>;
	/** When the citizen said the words. */
	readonly saidInWeek: Choice<IsoWeek>;
}

export interface TrackRow extends ListedRow {
	readonly id: TrackId;
	/** A track type of the case's template. */
	readonly type: string;
	readonly owner: Choice<PersonId>;
	readonly state: Choice<TrackState>;
	/** 0 is as needed. */
	readonly timesPerWeek: Choice<number>;
	readonly startsOn: Choice<Day>;
	readonly endsOn: Choice<Day>;
	/** What tells two tracks of one type apart, e.g. the company. */
	readonly label: Choice<string>;
	/** From the earliest. */
	readonly pauses: readonly PauseRow[];
}

export interface PauseRow extends Pause {
	readonly id: PauseId;
}

export interface TaskRow extends ListedRow {
	readonly id: TaskId;
	readonly text: string;
	readonly track: TrackId | null;
	/** The decision it carries out. */
	readonly decision: DecisionId | null;
	readonly finished: Mark | null;
	/** Given up at a meeting. */
	readonly dropped: Mark | null;
	/** Empty unless it is dropped. */
	readonly droppedReason: string;
	readonly owner: Choice<PersonId>;
	readonly dueOn: Choice<Day>;
}

/** What a meeting decided of the citizen's plan. */
export interface DecisionRow extends ListedRow {
	readonly id: DecisionId;
	/** In which it was made. */
	readonly week: IsoWeek;
	readonly text: string;
	/** Who does it. */
	readonly owner: Choice<PersonId>;
	readonly dueOn: Choice<Day>;
}

/** The checklist's lines that have words, by week; a week without any is not there. */
export type AgreedLines = Readonly<Record<IsoWeek, Readonly<Partial<Record<ChecklistLine, string>>>>>;

/** One track in one week. There is a row only where somebody said something; `silentWeek` stands for the others. */
export interface WeekRow {
	readonly week: IsoWeek;
	readonly trackId: TrackId;
	readonly direction: Choice<Direction>;
	readonly attended: Choice<Attendance>;
	/** Who wants it talked about in the meeting. */
	readonly raisedBy: readonly PersonId[];
	readonly line: string;
}

export interface HoursRow {
	readonly week: IsoWeek;
	readonly planned: Choice<number>;
	readonly actual: Choice<number>;
}

export interface AccommodationRow extends ListedRow {
	readonly id: AccommodationId;
	readonly text: string;
}

export interface DraftRow {
	readonly id: DraftId;
	readonly text: string;
	readonly kind: ObservationKind;
	readonly track: TrackId | null;
	/** Where its author means to share it: `parseCompartment` reads it. */
	/** Where it is meant to be shared; empty where its author has yet to say. */
	readonly compartment: string;
	/** The observation it became. */
	readonly shared: ObservationId | null;
	readonly created: Mark;
	readonly removed: Mark | null;
}

/** Somebody still means to do it. */
export function isOpen(task: TaskRow): boolean {
	return !task.finished && !task.dropped && !task.removed;
}

export function isTaskOverdue({ dueOn }: TaskRow, today: Day): boolean {
	return isOverdue(
		dueOn.values.map(({ value }) => value),
		today,
	);
}

export function silentWeek(week: IsoWeek, trackId: TrackId): WeekRow {
	return { week, trackId, direction: { values: [] }, attended: { values: [] }, raisedBy: [], line: '' };
}

/** Silence is shown as silence: nobody has said which way it went, nor how often the citizen came. */
export function isSilent(row: WeekRow): boolean {
	return row.direction.values.length === 0 && row.attended.values.length === 0;
}
