/** What the caseload shows of one case's plan, read off its rows: pure, so that it can be tried without a server. */
import type { AttentionFacts } from '../domain/caseload/attention.ts';
import { addWeeks, type Day, type IsoWeek } from '../domain/iso-week.ts';
import type { Attendance } from '../domain/week/week-status.ts';
import { silentWeeks, type TrackFacts } from '../domain/week/track-weeks.ts';
import { agreed, isContested } from './choice.ts';
import type { TeamProjection } from './project.ts';
import { isOpen, isTaskOverdue, type TaskRow, type TrackRow, type WeekRow } from './rows.ts';
import { emptySince, isAhead, trackFacts, WeekRows } from './track-facts.ts';
import { TRACK_STATUSES, trackStatus } from './track-status.ts';

/** This week's status of the tracks of one type. `missing`: nothing leads to a job. */
export const CELL_KINDS = [...TRACK_STATUSES, 'missing'] as const;
export type CellKind = (typeof CELL_KINDS)[number];

export interface CaseloadCell {
	/** A track type of the template; null is the one column of everything job-directed. */
	readonly trackType: string | null;
	readonly kind: CellKind;
}

export interface CaseloadPlan {
	/** Only types under way; the job-directed column always. */
	readonly cells: readonly CaseloadCell[];
	/** Twelve weeks, oldest first; null where nobody counted. */
	readonly attendance: readonly (Attendance | null)[];
	readonly openTasks: number;
	readonly overdueTasks: number;
	readonly facts: Omit<AttentionFacts, 'today' | 'placementEnds' | 'accessEnds'>;
}

export interface PlanRows {
	readonly team: TeamProjection;
	/** Of the placements the reader may read. */
	readonly placementTasks: readonly TaskRow[];
	readonly isJobDirected: (trackType: string) => boolean;
	readonly openedAt: string;
	readonly week: IsoWeek;
	readonly today: Day;
}

export const TREND_WEEKS = 12;

interface Running {
	readonly track: TrackRow;
	readonly facts: TrackFacts;
	readonly row: WeekRow | undefined;
}

export function caseloadPlan({ team, placementTasks, isJobDirected, openedAt, week, today }: PlanRows): CaseloadPlan {
	const weeks = new WeekRows(team.weeks);
	const present = team.tracks.filter(({ removed }) => !removed);
	const running = present
		.map((track) => ({ track, facts: trackFacts(track, weeks), row: weeks.of(week, track.id) }))
		.filter(({ facts }) => isUnderWay(facts, week));
	const jobTracks = team.tracks.filter(({ type }) => isJobDirected(type));
	const hasJobTrack = jobTracks.some((track) => !track.removed && isAhead(track, weeks, week));
	const open = [...team.tasks, ...placementTasks].filter(isOpen);
	const overdueTasks = open.filter((task) => isTaskOverdue(task, today)).length;
	const attendance = trend(team.weeks, week);
	return {
		cells: cellsOf(running, isJobDirected, hasJobTrack, week),
		attendance,
		openTasks: open.length,
		overdueTasks,
		facts: {
			silence: running.map(({ track, facts }) => ({ trackType: track.type, weeks: silentWeeks(facts, week) })),
			overdueTasks,
			noJobTrackSince: hasJobTrack ? undefined : emptySince(jobTracks, openedAt),
			attendance,
			unchangedWeeks: unchangedWeeks(team.weeks, week),
			contestedChoices: contestedIn(team, present, open, week),
			raised: running.flatMap(({ track, row }) => (row && row.raisedBy.length > 0 ? [track.type] : [])),
		},
	};
}

function isUnderWay({ running, from, until }: TrackFacts, week: IsoWeek): boolean {
	return running && (from === undefined || from <= week) && (until === undefined || until >= week);
}

/** One cell for each type; where two tracks are of one type, what was said stands before silence, and the harder before the easier. */
function cellsOf(
	running: readonly Running[],
	isJobDirected: (type: string) => boolean,
	hasJobTrack: boolean,
	week: IsoWeek,
): CaseloadCell[] {
	const byType = new Map<string | null, CellKind>(hasJobTrack ? [] : [[null, 'missing']]);
	for (const each of running) {
		const column = isJobDirected(each.track.type) ? null : each.track.type;
		const kind = trackStatus(each.track, each.facts, each.row, week);
		const before = byType.get(column);
		if (!before || CELL_KINDS.indexOf(kind) < CELL_KINDS.indexOf(before)) byType.set(column, kind);
	}
	return Array.from(byType, ([trackType, kind]) => ({ trackType, kind }));
}

function trend(rows: readonly WeekRow[], week: IsoWeek): (Attendance | null)[] {
	const sums = new Map<IsoWeek, Attendance>();
	for (const row of rows) {
		const attended = agreed(row.attended) ?? row.attended.values[0]?.value;
		if (!attended || attended.planned === 0) continue;
		const sum = sums.get(row.week) ?? { came: 0, planned: 0 };
		sums.set(row.week, { came: sum.came + attended.came, planned: sum.planned + attended.planned });
	}
	return Array.from({ length: TREND_WEEKS }, (_, index) => sums.get(addWeeks(week, index - TREND_WEEKS + 1)) ?? null);
}

/** Counted from the last week anybody reported in: a week that has just begun changes nothing. */
function unchangedWeeks(rows: readonly WeekRow[], week: IsoWeek): number {
	const told = new Map<IsoWeek, boolean>();
	for (const { week: of, direction } of rows) {
		if (direction.values.length === 0) continue;
		const unchanged = direction.values.every(({ value }) => value === 'unchanged');
		told.set(of, (told.get(of) ?? true) && unchanged);
	}
	let count = 0;
	for (let at = told.has(week) ? week : addWeeks(week, -1); told.get(at) === true; at = addWeeks(at, -1)) count++;
	return count;
}

/** Choices two people made at once and nobody has settled: of the goal, the tracks, open tasks and this week's status. */
function contestedIn(
	{ goal, weeks }: TeamProjection,
	tracks: readonly TrackRow[],
	open: readonly TaskRow[],
	week: IsoWeek,
): number {
	const choices = [
		...[goal.kind, goal.targetDay, goal.saidInWeek],
		...tracks.flatMap((track) => [track.owner, track.state, track.timesPerWeek, track.startsOn, track.endsOn, track.label]),
		...open.flatMap(({ owner, dueOn }) => [owner, dueOn]),
		...weeks.filter((row) => row.week === week).flatMap(({ direction, attended }) => [direction, attended]),
	];
	return choices.filter((choice) => isContested<unknown>(choice)).length;
}
