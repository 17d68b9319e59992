/** How one week of one track stands: told, silent or at rest. Silence is a fact of its own, never zero and never "fine". */
import { addWeeks, type IsoWeek } from '../iso-week.ts';
import type { Attendance, Direction } from './week-status.ts';

/** What the weeks of one track are judged from; board/track-facts.ts reads it off a document's rows. */
export interface TrackFacts {
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
	/** Undefined when nobody said how many times the citizen came. */
	readonly attended: Attendance | undefined;
}

/** `said` is a report without attendance; it must not look like zero. */
export type TrackWeek =
	{ readonly kind: 'attended'; readonly share: number } | { readonly kind: 'zero' | 'said' | 'silent' | 'paused' };

/** Further back nobody counts a silence. */
const LONGEST_SILENCE = 24;

/** Undefined where there is nothing to tell: before it began, after it ended, or in a week that owes no report. */
export function trackWeek(facts: TrackFacts, week: IsoWeek, current: IsoWeek): TrackWeek | undefined {
	if (week > current || !lasts(facts, week)) return undefined;
	const report = facts.report(week);
	const share = report && shareOf(report);
	if (share !== undefined) return share > 0 ? { kind: 'attended', share: Math.min(1, share) } : { kind: 'zero' };
	if (report?.direction !== undefined) return { kind: 'said' };
	if (pauseAt(facts, week)) return { kind: 'paused' };
	return owesReport(facts, week) ? { kind: 'silent' } : undefined;
}

/** True when somebody owed a report for this week and nobody gave one. */
export function isSilent(facts: TrackFacts, week: IsoWeek, current: IsoWeek): boolean {
	return trackWeek(facts, week, current)?.kind === 'silent';
}

/** Weeks in a row without a report, this week included. */
export function silentWeeks(facts: TrackFacts, current: IsoWeek): number {
	let count = 0;
	while (count < LONGEST_SILENCE && isSilent(facts, addWeeks(current, -count), current)) count++;
	return count;
}

export function pauseAt(facts: TrackFacts, week: IsoWeek): { readonly from: IsoWeek } | undefined {
	return facts.pauses.find(({ from, until }) => from <= week && (until === null || week <= until));
}

/** Attended share, 0 to 1; undefined when nobody counted, or nothing was planned. */
export function shareOf({ attended }: WeekReport): number | undefined {
	return attended && attended.planned > 0 ? attended.came / attended.planned : undefined;
}

/** A track every second week owes a report only when the week before had none either. */
function owesReport(facts: TrackFacts, week: IsoWeek): boolean {
	if (!facts.running || facts.timesPerWeek <= 0) return false;
	const every = Math.round(1 / Math.min(1, facts.timesPerWeek));
	for (let back = 1; back < every; back++) {
		const before = addWeeks(week, -back);
		if (!lasts(facts, before) || facts.report(before)) return false;
	}
	return true;
}

function lasts({ from, until }: TrackFacts, week: IsoWeek): boolean {
	return (from === undefined || from <= week) && (until === undefined || week <= until);
}
