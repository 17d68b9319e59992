import { columnOf, AXIS_WEEKS, type Axis } from './axis.ts';
import type { IsoWeek } from '../../../domain/iso-week.ts';
import { trackWeek, type TrackFacts, type TrackWeek } from '../../../domain/week/track-weeks.ts';

/** How a past week is drawn. */
export type LaneWeek = { readonly week: IsoWeek; readonly column: number } & TrackWeek;

export interface LaneDrawing {
	readonly weeks: readonly LaneWeek[];
	/** Grid lines [from, to) of what has been; undefined when it has not begun. */
	readonly past: readonly [number, number] | undefined;
	/** Grid lines of what is planned. */
	readonly plan: readonly [number, number] | undefined;
	/** Where "to week 49" stands: beside the plan, or inside it where there is no room. */
	readonly until: 'beside' | 'inside' | 'none';
}

const BESIDE_NEEDS_COLUMNS = 3;

export function drawLane(facts: TrackFacts, axis: Axis): LaneDrawing {
	const from = facts.from ? Math.max(1, columnOf(axis, facts.from)) : 1;
	const end = facts.until ? Math.min(AXIS_WEEKS + 1, columnOf(axis, facts.until) + 1) : AXIS_WEEKS + 1;
	const now = axis.currentColumn + 1;
	const pastEnd = Math.min(now, end);
	const planFrom = Math.max(now, from);
	const plan = facts.until !== undefined || from >= now ? span(planFrom, end) : undefined;
	const weeks = axis.weeks.flatMap((week, index) => {
		const drawn = index + 1 < now ? trackWeek(facts, week, axis.current) : undefined;
		return drawn ? [{ ...drawn, week, column: index + 1 } as LaneWeek] : [];
	});
	const beyond = facts.until === undefined || columnOf(axis, facts.until) > AXIS_WEEKS;
	return { weeks, past: span(from, pastEnd), plan, until: untilPlace(plan, beyond) };
}

function span(from: number, to: number): readonly [number, number] | undefined {
	return to > from ? [from, to] : undefined;
}

function untilPlace(plan: readonly [number, number] | undefined, beyond: boolean): 'beside' | 'inside' | 'none' {
	if (!plan || beyond) return 'none';
	return AXIS_WEEKS + 1 - plan[1] >= BESIDE_NEEDS_COLUMNS ? 'beside' : 'inside';
}
