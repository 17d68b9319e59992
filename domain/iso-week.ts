declare const week: unique symbol;
/** An ISO 8601 week, `2026-W47`. 2026 has a week 53, so weeks are never counted 1 to 52. */
export type IsoWeek = string & { readonly [week]: true };

/** A calendar day, `2026-11-21`, without a zone. */
export const dayPattern = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
export type Day = string;

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
/** 1 January 1970 was a Thursday: days from the Monday before. */
const EPOCH_WEEKDAY = 3;
const WEEK_PATTERN = /^(\d{4})-W(\d{2})$/;
const COPENHAGEN = new Intl.DateTimeFormat('en-CA', {
	timeZone: 'Europe/Copenhagen',
	year: 'numeric',
	month: '2-digit',
	day: '2-digit',
});

/** The calendar day in Denmark at an instant. */
export function dayOf(at: Date): Day {
	return COPENHAGEN.format(at);
}

/** True for a day that exists in the calendar. */
export function isDay(raw: string): boolean {
	return dayPattern.test(raw) && new Date(`${raw}T00:00:00Z`).getUTCDate() === Number(raw.slice(8));
}

/** The ISO week a calendar day lies in. @throws {RangeError} if `day` is not a day. */
export function weekOfDay(day: Day): IsoWeek {
	if (!isDay(day)) throw new RangeError(`Not a day: ${day.slice(0, 32)}`);
	return weekAt(Date.parse(`${day}T00:00:00Z`));
}

/** The ISO week in Denmark at an instant. */
export function weekOf(at: Date): IsoWeek {
	return weekOfDay(dayOf(at));
}

/** @throws {RangeError} if `raw` is not a week of the ISO calendar. */
export function isoWeek(raw: string): IsoWeek {
	if (!isIsoWeek(raw)) throw new RangeError(`Not an ISO week: ${raw.slice(0, 32)}`);
	return raw;
}

export function isIsoWeek(raw: string): raw is IsoWeek {
	const parts = WEEK_PATTERN.exec(raw);
	if (!parts) return false;
	const number = Number(parts[2]);
	if (number < 1 || number > 53) return false;
	return number < 53 || weekOfDay(`${parts[1]}-12-28`) === raw;
}

/** The Monday a week begins on. */
export function mondayOf(of: IsoWeek): Day {
	return new Date(mondayMs(of)).toISOString().slice(0, 10);
}

/** The number people say: 47 of `2026-W47`. */
export function weekNumber(of: IsoWeek): number {
	return partsOf(of).number;
}

export function addDays(day: Day, days: number): Day {
	return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

export function addWeeks(of: IsoWeek, weeks: number): IsoWeek {
	return weekAt(mondayMs(of) + weeks * WEEK_MS);
}

/** Whole weeks from one week to another; negative when `to` is earlier. */
export function weeksBetween(from: IsoWeek, to: IsoWeek): number {
	return (mondayMs(to) - mondayMs(from)) / WEEK_MS;
}

/** Days from one day to another; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
	return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

/** The week a midnight lies in, UTC milliseconds; in its year lies its Thursday. */
function weekAt(midnightMs: number): IsoWeek {
	const thursdayMs = midnightMs + (3 - weekdayOf(midnightMs)) * DAY_MS;
	const year = new Date(thursdayMs).getUTCFullYear();
	const number = 1 + Math.floor((thursdayMs - Date.UTC(year, 0, 1)) / WEEK_MS);
	return `${year}-W${String(number).padStart(2, '0')}` as IsoWeek;
}

/** The midnight a week begins with, UTC milliseconds; 4 January lies in a year's first. */
function mondayMs(of: IsoWeek): number {
	const { year, number } = partsOf(of);
	const fourthMs = Date.UTC(year, 0, 4);
	return fourthMs - weekdayOf(fourthMs) * DAY_MS + (number - 1) * WEEK_MS;
}

/** 0 is Monday. */
function weekdayOf(midnightMs: number): number {
	return (((midnightMs / DAY_MS + EPOCH_WEEKDAY) % 7) + 7) % 7;
}

function partsOf(of: IsoWeek): { year: number; number: number } {
	if (!WEEK_PATTERN.test(of)) throw new RangeError(`Not an ISO week: ${of.slice(0, 32)}`);
	return { year: Number(of.slice(0, 4)), number: Number(of.slice(6)) };
}
