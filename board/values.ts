/**
 * What may stand behind a key. Written as guards and not with zod, because the browser needs them to read a
 * document: they cost a few hundred bytes of the board's first load and no `new Function` under its CSP.
 */
import type { IsoWeek } from '../domain/iso-week.ts';
import { isDay, isIsoWeek } from '../domain/iso-week.ts';
import { isUuid } from '../domain/ids.ts';
import type { PersonId } from '../domain/ids.ts';
import type { Attendance } from '../domain/week/week-status.ts';

export type Guard<Value> = (raw: unknown) => raw is Value;

/** Who did something and when; `at` is the client's estimate of server time, an ISO instant. */
export interface Mark {
	readonly by: PersonId;
	readonly at: string;
}

/** A track that rests. `until` is the last week of the rest, `null` while nobody knows. */
export interface Pause {
	readonly from: IsoWeek;
	readonly until: IsoWeek | null;
	readonly by: PersonId;
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

export function isOneOf<const Words extends readonly string[]>(words: Words): Guard<Words[number]> {
	return (raw): raw is Words[number] => typeof raw === 'string' && words.includes(raw);
}

/** Text of one line, at least one character. */
export function isShortText(maxLength: number): Guard<string> {
	return (raw): raw is string => typeof raw === 'string' && raw.length > 0 && raw.length <= maxLength;
}

/** A number from 0 to `max` in steps of `step`; -0 is none, for JSON would make another value of it. */
export function isAmount(max: number, step: number): Guard<number> {
	return (raw): raw is number =>
		typeof raw === 'number' && raw >= 0 && raw <= max && !Object.is(raw, -0) && Number.isInteger(raw / step);
}

export function isNullOr<Value>(guard: Guard<Value>): Guard<Value | null> {
	return (raw): raw is Value | null => raw === null || guard(raw);
}

export function isIdValue<Kind extends string>(): Guard<Kind> {
	return (raw): raw is Kind => typeof raw === 'string' && isUuid(raw);
}

export const isTrue: Guard<true> = (raw): raw is true => raw === true;
export const isWeekValue: Guard<IsoWeek> = (raw): raw is IsoWeek => typeof raw === 'string' && isIsoWeek(raw);
export const isDayValue: Guard<string> = (raw): raw is string => typeof raw === 'string' && isRealDay(raw);
export const isVersion: Guard<number> = (raw): raw is number => Number.isSafeInteger(raw) && Number(raw) > 0;

export const isMark: Guard<Mark> = (raw): raw is Mark =>
	hasExactly(raw, ['by', 'at']) && isPerson(raw['by']) && isInstant(raw['at']);

export const isPause: Guard<Pause> = (raw): raw is Pause =>
	hasExactly(raw, ['from', 'until', 'by']) &&
	isPerson(raw['by']) &&
	isWeekValue(raw['from']) &&
	(raw['until'] === null || (isWeekValue(raw['until']) && raw['until'] >= raw['from']));

export const isAttendance: Guard<Attendance> = (raw): raw is Attendance =>
	hasExactly(raw, ['came', 'planned']) && isTimes(raw['came']) && isTimes(raw['planned']);

const isPerson = isIdValue<PersonId>();
const isTimes = isAmount(50, 1);

function isInstant(raw: unknown): raw is string {
	return typeof raw === 'string' && INSTANT.test(raw) && !Number.isNaN(Date.parse(raw));
}

/** `isDay` trusts a well-formed 2026-02-31 to the Date parser, which throws on what it cannot read. */
function isRealDay(raw: string): boolean {
	return !Number.isNaN(Date.parse(raw)) && isDay(raw);
}

/** A plain object with these keys of its own and no others; one with a smuggled prototype is not plain. */
function hasExactly(raw: unknown, keys: readonly string[]): raw is Record<string, unknown> {
	if (typeof raw !== 'object' || raw === null || Object.getPrototypeOf(raw) !== Object.prototype) return false;
	return Object.keys(raw).length === keys.length && keys.every((key) => Object.hasOwn(raw, key));
}
