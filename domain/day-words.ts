import { addDays, isDay, isIsoWeek, mondayOf, weekOfDay, type Day } from './iso-week.ts';

const FRIDAY = 4;
/** Monday first. A word of three letters or more that one of them begins with is that day: `tors`, `tirs`, `thurs`. */
const WEEKDAYS: readonly (readonly string[])[] = [
	['mandag', 'monday'],
	['tirsdag', 'tuesday'],
	['onsdag', 'wednesday'],
	['torsdag', 'thursday'],
	['fredag', 'friday'],
	['lørdag', 'saturday'],
	['søndag', 'sunday'],
];

/**
 * Reads a day as people write it: `19.11`, `19.11.2026`, `19/11`, `tors`, `i morgen`, `uge 49` (its Friday), `fredag uge 49`,
 * `2026-11-19`.
 * Without a year it is the next such day that is not more than three months ago.
 */
export function parseDay(raw: string, today: Day): Day | undefined {
	const words = raw.trim().toLowerCase().replaceAll(/\s+/g, ' ');
	if (isDay(words)) return words;
	return numericDay(words, today) ?? weekDay(words, today) ?? weekNumberDay(words, today);
}

function numericDay(words: string, today: Day): Day | undefined {
	const parts = /^(?:[a-zæøå]+\.? )?(\d{1,2})[./-] ?(\d{1,2})\.?(?:[./-]? ?(\d{4}|\d{2}))?$/.exec(words);
	if (!parts) return undefined;
	const [, date = '', month = '', year] = parts;
	const of = (full: number) => `${full}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
	if (year) return existing(of(Number(year.length === 2 ? `20${year}` : year)));
	const thisYear = existing(of(Number(today.slice(0, 4))));
	return thisYear && thisYear < addDays(today, -92) ? existing(of(Number(today.slice(0, 4)) + 1)) : thisYear;
}

function weekDay(words: string, today: Day): Day | undefined {
	if (words === 'i dag' || words === 'today') return today;
	if (words === 'i morgen' || words === 'tomorrow') return addDays(today, 1);
	const wanted = weekdayNamed(words);
	if (wanted === undefined) return undefined;
	const inThisWeek = addDays(mondayOf(weekOfDay(today)), wanted);
	return inThisWeek < today ? addDays(inThisWeek, 7) : inThisWeek;
}

/** From Monday, 0. */
function weekdayNamed(word: string): number | undefined {
	const letters = /^([a-zæøå]{3,})\.?$/.exec(word)?.[1];
	const index = letters ? WEEKDAYS.findIndex((names) => names.some((name) => name.startsWith(letters))) : -1;
	return index < 0 ? undefined : index;
}

function weekNumberDay(words: string, today: Day): Day | undefined {
	const [, named, number] = /^(?:(\S+) (?:i |in )?)?(?:uge|week|u|w)\.? ?(\d{1,2})$/.exec(words) ?? [];
	const weekday = named ? weekdayNamed(named) : FRIDAY;
	if (!number || weekday === undefined) return undefined;
	const of = (year: number) => `${year}-W${number.padStart(2, '0')}`;
	const year = Number(weekOfDay(today).slice(0, 4));
	const week = isIsoWeek(of(year)) && of(year) >= weekOfDay(today) ? of(year) : of(year + 1);
	return isIsoWeek(week) ? addDays(mondayOf(week), weekday) : undefined;
}

function existing(day: string): Day | undefined {
	const at = Date.parse(`${day}T00:00:00Z`);
	return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day) ? day : undefined;
}
