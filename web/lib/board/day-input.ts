import { addDays, isDay, isIsoWeek, mondayOf, weekOfDay, type Day, type IsoWeek } from '../../../domain/iso-week.ts';

/** Monday first, by the letters people begin them with, in both languages. */
const WEEKDAYS: readonly (readonly string[])[] = [
	['man', 'mon'],
	['tir', 'tue'],
	['ons', 'wed'],
	['tor', 'thu'],
	['fre', 'fri'],
	['lør', 'sat'],
	['søn', 'sun'],
];

/**
 * Reads a day as people write it: `19.11`, `19.11.2026`, `19/11`, `tors`, `uge 49` (its Friday), `2026-11-19`.
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
	const wanted = WEEKDAYS.findIndex((names) => names.some((name) => words.startsWith(name)));
	if (wanted < 0 || !/^[a-zæøå]+\.?$/.test(words)) return undefined;
	const monday = mondayOf(weekOfDay(today));
	const inThisWeek = addDays(monday, wanted);
	return inThisWeek < today ? addDays(inThisWeek, 7) : inThisWeek;
}

function weekNumberDay(words: string, today: Day): Day | undefined {
	const number = /^(?:uge|week|u|w)\.? ?(\d{1,2})$/.exec(words)?.[1];
	if (!number) return undefined;
	const of = (year: number) => `${year}-W${number.padStart(2, '0')}`;
	const year = Number(weekOfDay(today).slice(0, 4));
	const week = isIsoWeek(of(year)) && of(year) >= weekOfDay(today) ? of(year) : of(year + 1);
	return isIsoWeek(week) ? addDays(mondayOf(week as IsoWeek), 4) : undefined;
}

function existing(day: string): Day | undefined {
	const at = Date.parse(`${day}T00:00:00Z`);
	return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day) ? day : undefined;
}
