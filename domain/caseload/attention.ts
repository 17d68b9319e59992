/**
 * Danish: kræver opmærksomhed. What waits on the team in one case, as facts with their numbers. Signals are about the
 * team's work; there is no sum of them, no weight and no order by need, so that nobody can rank citizens by them.
 */
import { addDays, type Day, type IsoWeek } from '../iso-week.ts';
import type { Attendance } from '../week/week-status.ts';
import { attendanceFall } from './attendance-fall.ts';

export interface AttentionFacts {
	readonly today: Day;
	/** Tracks under way, each with how many weeks in a row nobody has reported on it. */
	readonly silence: readonly { readonly trackType: string; readonly weeks: number }[];
	readonly overdueTasks: number;
	/** Undefined while a job-directed track is planned or under way. */
	readonly noJobTrackSince: IsoWeek | undefined;
	/** Oldest first, this week last; null where nobody counted. */
	readonly attendance: readonly (Attendance | null)[];
	/** Weeks in a row in which every report said "unchanged". */
	readonly unchangedWeeks: number;
	/** Last days of placements that last. */
	readonly placementEnds: readonly Day[];
	/** Last days of accesses that nothing follows. */
	readonly accessEnds: readonly Day[];
	readonly contestedChoices: number;
	/** Tracks somebody wants talked about, by type. */
	readonly raised: readonly string[];
}

/** Each code has its sentence in messages/, under `caseload.signal`. */
export type AttentionSignal =
	/** `weeks` is the shortest of the silences. */
	| { readonly code: 'silence'; readonly trackTypes: readonly string[]; readonly weeks: number }
	| { readonly code: 'no-job-track'; readonly since: IsoWeek }
	/** Shares in per cent. */
	| { readonly code: 'attendance-fell'; readonly from: number; readonly to: number }
	| { readonly code: 'unchanged'; readonly weeks: number }
	| { readonly code: 'overdue'; readonly count: number }
	| { readonly code: 'contested'; readonly count: number }
	| { readonly code: 'raised'; readonly trackTypes: readonly string[] }
	| { readonly code: 'placement-ends'; readonly day: Day }
	| { readonly code: 'access-ends'; readonly day: Day; readonly count: number };

export const ATTENTION_CODES = [
	'silence',
	'no-job-track',
	'attendance-fell',
	'unchanged',
	'overdue',
	'contested',
	'raised',
	'placement-ends',
	'access-ends',
] as const satisfies readonly AttentionSignal['code'][];

/** One silent week may be a holiday; two are a question. */
const SILENT_WEEKS = 2;
/** Nothing moved in a month: should more be asked, or something else? */
const UNCHANGED_WEEKS = 4;
/** Long enough to find what comes after a placement. */
const PLACEMENT_NOTICE_DAYS = 21;
const ACCESS_NOTICE_DAYS = 14;

/** Always in the order of the codes above. */
export function attentionSignals(facts: AttentionFacts): AttentionSignal[] {
	const signals: AttentionSignal[] = [];
	const silent = facts.silence.filter(({ weeks }) => weeks >= SILENT_WEEKS);
	if (silent.length > 0) {
		const trackTypes = [...new Set(silent.map(({ trackType }) => trackType))];
		signals.push({ code: 'silence', trackTypes, weeks: Math.min(...silent.map(({ weeks }) => weeks)) });
	}
	if (facts.noJobTrackSince) signals.push({ code: 'no-job-track', since: facts.noJobTrackSince });
	const fall = attendanceFall(facts.attendance);
	if (fall) signals.push({ code: 'attendance-fell', ...fall });
	if (facts.unchangedWeeks >= UNCHANGED_WEEKS) signals.push({ code: 'unchanged', weeks: facts.unchangedWeeks });
	if (facts.overdueTasks > 0) signals.push({ code: 'overdue', count: facts.overdueTasks });
	if (facts.contestedChoices > 0) signals.push({ code: 'contested', count: facts.contestedChoices });
	if (facts.raised.length > 0) signals.push({ code: 'raised', trackTypes: [...new Set(facts.raised)] });
	const [placement] = endingBy(facts.placementEnds, facts.today, PLACEMENT_NOTICE_DAYS);
	if (placement) signals.push({ code: 'placement-ends', day: placement });
	const ending = endingBy(facts.accessEnds, facts.today, ACCESS_NOTICE_DAYS);
	if (ending[0]) signals.push({ code: 'access-ends', day: ending[0], count: ending.length });
	return signals;
}

/** Which of these days come within so many days, today included; the first first. */
function endingBy(days: readonly Day[], today: Day, notice: number): Day[] {
	return days.filter((day) => day >= today && day <= addDays(today, notice)).sort();
}
