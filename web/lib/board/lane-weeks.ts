import { addWeeks, weeksBetween, type IsoWeek } from '../../../domain/iso-week.ts';
import type { Direction } from '../../../domain/week/week-status.ts';
import { AXIS_WEEKS, columnOf, type Axis } from './axis.ts';

/** What one lane is drawn from; the board's rows are turned into this in `lane.ts`. */
export interface LaneFacts {
	readonly from: IsoWeek | undefined;
	readonly until: IsoWeek | undefined;
	/** 0 is "as needed", 0.5 every second week. */
	readonly timesPerWeek: number;
	/** False for a track that is planned or finished: nobody owes it a report. */
	readonly running: boolean;
	readonly pauses: readonly { readonly from: IsoWeek; readonly until: IsoWeek | null }[];
	readonly report: (week: IsoWeek) => WeekReport | undefined;
}

export interface WeekReport {
	readonly direction: Direction | undefined;
	/** Attended share, 0 to 1; undefined when nobody said how many came. */
	readonly share: number | undefined;
}

/** How a past week is drawn. `said` is a report without attendance; it must not look like zero. */
export type LaneWeek = { readonly week: IsoWeek; readonly column: number } & (
	{ readonly kind: 'attended'; readonly share: number } | { readonly kind: 'zero' | 'said' | 'silent' | 'paused' }
);

export interface LaneDrawing {
	readonly weeks: readonly LaneWeek[];
	/** Grid lines [from, to) of what has been; undefined when it has not begun. */
	readonly past: readonly [number, number] | undefined;
	/** Grid lines of what is planned. */
	readonly plan: readonly [number, number] | undefined;
	/** Where "until week 49" stands: beside the plan, or inside it where there is no room. */
	readonly until: 'beside' | 'inside' | 'none';
}

const BESIDE_NEEDS_COLUMNS = 3;

export function drawLane(facts: LaneFacts, axis: Axis): LaneDrawing {
	const from = facts.from ? Math.max(1, columnOf(axis, facts.from)) : 1;
	const end = facts.until ? Math.min(AXIS_WEEKS + 1, columnOf(axis, facts.until) + 1) : AXIS_WEEKS + 1;
	const now = axis.currentColumn + 1;
	const pastEnd = Math.min(now, end);
	const planFrom = Math.max(now, from);
	const plan = facts.until !== undefined || from >= now ? span(planFrom, end) : undefined;
	const weeks = axis.weeks.flatMap((week, index) => {
		const drawn = index + 1 < now ? weekOfLane(facts, week, axis.current) : undefined;
		return drawn ? [{ ...drawn, week, column: index + 1 } as LaneWeek] : [];
	});
	const beyond = facts.until === undefined || columnOf(axis, facts.until) > AXIS_WEEKS;
	return { weeks, past: span(from, pastEnd), plan, until: untilPlace(plan, beyond) };
}

/** True when somebody owed a report for this week and nobody gave one. */
export function isSilent(facts: LaneFacts, week: IsoWeek, current: IsoWeek): boolean {
	return weekOfLane(facts, week, current)?.kind === 'silent';
}

/** Weeks in a row without a report, this week included. */
export function silentWeeks(facts: LaneFacts, current: IsoWeek): number {
	let count = 0;
	while (count < AXIS_WEEKS && isSilent(facts, addWeeks(current, -count), current)) count++;
	return count;
}

export function pauseAt(facts: LaneFacts, week: IsoWeek): { readonly from: IsoWeek } | undefined {
	return facts.pauses.find(
		({ from, until }) => weeksBetween(from, week) >= 0 && (until === null || weeksBetween(week, until) >= 0),
	);
}

type Drawn = { kind: 'attended'; share: number } | { kind: 'zero' | 'said' | 'silent' | 'paused' };

function weekOfLane(facts: LaneFacts, week: IsoWeek, current: IsoWeek): Drawn | undefined {
	if (weeksBetween(week, current) < 0 || !lasts(facts, week)) return undefined;
	const report = facts.report(week);
	if (report?.share !== undefined)
		return report.share > 0 ? { kind: 'attended', share: Math.min(1, report.share) } : { kind: 'zero' };
	if (report?.direction !== undefined) return { kind: 'said' };
	if (pauseAt(facts, week)) return { kind: 'paused' };
	return owesReport(facts, week) ? { kind: 'silent' } : undefined;
}

/** A track every second week owes a report only when the week before had none either. */
function owesReport(facts: LaneFacts, week: IsoWeek): boolean {
	if (!facts.running || facts.timesPerWeek <= 0) return false;
	const every = Math.round(1 / Math.min(1, facts.timesPerWeek));
	for (let back = 1; back < every; back++) {
		const before = addWeeks(week, -back);
		if (!lasts(facts, before) || facts.report(before)) return false;
	}
	return true;
}

function lasts({ from, until }: LaneFacts, week: IsoWeek): boolean {
	return (from === undefined || weeksBetween(from, week) >= 0) && (until === undefined || weeksBetween(week, until) >= 0);
}

function span(from: number, to: number): readonly [number, number] | undefined {
	return to > from ? [from, to] : undefined;
}

function untilPlace(plan: readonly [number, number] | undefined, beyond: boolean): 'beside' | 'inside' | 'none' {
	if (!plan || beyond) return 'none';
	return AXIS_WEEKS + 1 - plan[1] >= BESIDE_NEEDS_COLUMNS ? 'beside' : 'inside';
}
