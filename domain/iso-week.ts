import { z } from 'zod';

declare const week: unique symbol;
/** An ISO 8601 week, `2026-W47`. 2026 has a week 53, so weeks are never counted 1 to 52. */
export type IsoWeek = string & { readonly [week]: true };

/** A calendar day, `2026-11-21`, without a zone. */
export const dayPattern = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
export type Day = string;

const DAY_MS = 86_400_000;
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
	return dayPattern.test(raw) && new Date(`${raw}T00:00:00Z`).toISOString().startsWith(raw);
}

/** The ISO week a calendar day lies in. @throws {RangeError} if `day` is not a day. */
export function weekOfDay(day: Day): IsoWeek {
	if (!isDay(day)) throw new RangeError(`Not a day: ${day.slice(0, 32)}`);
	const thursday = new Date(`${day}T00:00:00Z`);
	thursday.setUTCDate(thursday.getUTCDate() + 3 - ((thursday.getUTCDay() + 6) % 7));
	const year = thursday.getUTCFullYear();
	const number = 1 + Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / DAY_MS / 7);
	return format(year, number);
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

/** Marked pure, so that a browser that only reckons with weeks does not fetch zod. */
export const isoWeekSchema = /* @__PURE__ */ (() =>
	z
		.string()
		.refine(isIsoWeek)
		.transform((raw) => raw as IsoWeek))();

/** The Monday a week begins on. */
export function mondayOf(of: IsoWeek): Day {
	const { year, number } = partsOf(of);
	const fourth = new Date(Date.UTC(year, 0, 4));
	const monday = fourth.getTime() + ((number - 1) * 7 - ((fourth.getUTCDay() + 6) % 7)) * DAY_MS;
	return new Date(monday).toISOString().slice(0, 10);
}

/** The number people say: 47 of `2026-W47`. */
export function weekNumber(of: IsoWeek): number {
	return partsOf(of).number;
}

export function addDays(day: Day, days: number): Day {
	return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

export function addWeeks(of: IsoWeek, weeks: number): IsoWeek {
	return weekOfDay(addDays(mondayOf(of), weeks * 7));
}

/** Whole weeks from one week to another; negative when `to` is earlier. */
export function weeksBetween(from: IsoWeek, to: IsoWeek): number {
	return Math.round((Date.parse(mondayOf(to)) - Date.parse(mondayOf(from))) / DAY_MS / 7);
}

/** Days from one day to another; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
	return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

function partsOf(of: IsoWeek): { year: number; number: number } {
	const parts = WEEK_PATTERN.exec(of);
	if (!parts) throw new RangeError(`Not an ISO week: ${of.slice(0, 32)}`);
	return { year: Number(parts[1]), number: Number(parts[2]) };
}

function format(year: number, number: number): IsoWeek {
	return `${year}-W${String(number).padStart(2, '0')}` as IsoWeek;
}
