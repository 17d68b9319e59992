import { weeksBetween, type IsoWeek } from '../iso-week.ts';

/** How many weeks a line shows, the current one included. */
export const SERIES_WEEKS = 12;

/** This many steps apart is worth a question. */
export const FAR_APART_STEPS = 2;

/** A whole week has passed without a word: the one under way does not count. */
const SILENT_AFTER_WEEKS = 2;

/** What was shown of one milestone in one week; null where there is none. */
export interface ShownWeek {
	readonly week: IsoWeek;
	readonly citizen: number | null;
	/** The median of that week's professionals: halves occur, and one stray answer does not move it far. */
	readonly professionals: number | null;
}

export interface Series {
	/** Oldest first. */
	readonly weeks: readonly IsoWeek[];
	/** One for each week. */
	readonly citizen: readonly (number | null)[];
	readonly professionals: readonly (number | null)[];
}

/** The middle one, or half-way between the two in the middle; null of nothing. */
export function median(values: readonly number[]): number | null {
	const sorted = values.toSorted((a, b) => a - b);
	const upper = sorted[Math.floor(sorted.length / 2)];
	const lower = sorted[Math.floor((sorted.length - 1) / 2)];
	return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}

export function seriesOf(weeks: readonly IsoWeek[], shown: readonly ShownWeek[]): Series {
	const byWeek = new Map(shown.map((each) => [each.week, each]));
	return {
		weeks,
		citizen: weeks.map((week) => byWeek.get(week)?.citizen ?? null),
		professionals: weeks.map((week) => byWeek.get(week)?.professionals ?? null),
	};
}

/** Whose line, in the order of the sentence. */
export type Side = 'citizen' | 'professionals';

export interface Last {
	readonly week: IsoWeek;
	readonly value: number;
}

/** The newest value of a side; undefined when there is none in the weeks shown. */
export function lastOf(series: Series, side: Side): Last | undefined {
	const index = series[side].findLastIndex((value) => value !== null);
	const [week, value] = [series.weeks[index], series[side][index]];
	return week === undefined || value === undefined || value === null ? undefined : { week, value };
}

/** What a line says in words. Steps are steps of the scale, halves included. */
export type Reading =
	| { readonly code: 'never-rated' }
	| { readonly code: 'silent'; readonly since: IsoWeek }
	| { readonly code: 'side-silent'; readonly side: Side; readonly since: IsoWeek }
	| { readonly code: 'side-never'; readonly side: Side }
	| { readonly code: 'agree' }
	| { readonly code: 'apart'; readonly steps: number }
	/** Both have rated, lately, but never in the same week. */
	| { readonly code: 'not-together' };

/** @param current the week under way: who has not rated it yet is not silent */
export function readingOf(series: Series, current: IsoWeek): Reading {
	const citizen = lastOf(series, 'citizen');
	const professionals = lastOf(series, 'professionals');
	const isSilent = (last: Last) => weeksBetween(last.week, current) >= SILENT_AFTER_WEEKS;
	if (!citizen && !professionals) return { code: 'never-rated' };
	if (!citizen) return isSilent(professionals!) ? silent(professionals!) : { code: 'side-never', side: 'citizen' };
	if (!professionals) return isSilent(citizen) ? silent(citizen) : { code: 'side-never', side: 'professionals' };
	if (isSilent(citizen) && isSilent(professionals)) return silent(citizen.week > professionals.week ? citizen : professionals);
	if (isSilent(citizen)) return { code: 'side-silent', side: 'citizen', since: citizen.week };
	if (isSilent(professionals)) return { code: 'side-silent', side: 'professionals', since: professionals.week };
	const steps = stepsApart(series).findLast((each) => each !== null);
	if (steps === undefined || steps === null) return { code: 'not-together' };
	return steps === 0 ? { code: 'agree' } : { code: 'apart', steps };
}

/** How far apart the two lines are, week by week; null where one of them is silent. */
export function stepsApart({ citizen, professionals }: Pick<Series, Side>): (number | null)[] {
	return citizen.map((value, index) => {
		const other = professionals[index];
		return value === null || other === null || other === undefined ? null : Math.abs(value - other);
	});
}

function silent({ week }: Last): Reading {
	return { code: 'silent', since: week };
}
