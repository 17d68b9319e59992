import { describe, expect, test } from 'vitest';
import { isoWeek } from '../../domain/iso-week.ts';
import { Formats } from '../../web/lib/i18n/format.ts';

const da = new Formats('da');
const en = new Formats('en');
const NBSP = '\u00a0';
/** Saturday 21 November 2026, 9.41 in Denmark. */
const now = new Date('2026-11-21T08:41:00Z');

test('a day is written with dots, without leading noughts', () => {
	expect(da.day('2026-11-21')).toBe('21.11.2026');
	expect(en.day('2026-02-03')).toBe('3.2.2026');
});

test('an instant belongs to the day it is in Denmark, not in Greenwich', () => {
	expect(da.day(new Date('2026-11-20T23:30:00Z'))).toBe('21.11.2026');
});

test('a week and its number never part', () => {
	expect(da.week(isoWeek('2026-W47'))).toBe(`uge${NBSP}47`);
	expect(da.week(isoWeek('2026-W53'))).toBe(`uge${NBSP}53`);
	expect(en.week(isoWeek('2027-W01'))).toBe(`week${NBSP}1`);
});

test('a near day names its weekday', () => {
	expect(da.shortDay('2026-11-27')).toBe(`fre.${NBSP}27.11`);
});

describe('the clock has 24 hours and Danish time', () => {
	test('in winter', () => expect(da.clock('2026-11-21T09:14:00Z')).toBe('10.14'));
	test('in summer', () => expect(da.clock('2026-07-01T12:05:00Z')).toBe('14.05'));
	test('in the hour that comes twice when summer ends', () => {
		expect([da.clock('2026-10-25T00:30:00Z'), da.clock('2026-10-25T01:30:00Z')]).toEqual(['2.30', '2.30']);
	});
	test('at midnight', () => expect(da.clock('2026-11-20T23:00:00Z')).toBe('0.00'));
	test('in English', () => expect(en.clock('2026-11-21T08:41:00Z')).toBe('09:41'));
});

test.each([
	['2026-11-21T08:41:00Z', `i dag${NBSP}9.41`],
	['2026-11-20T22:59:00Z', `i går${NBSP}23.59`],
	['2026-11-16T13:20:00Z', `man.${NBSP}14.20`],
	['2026-11-14T13:20:00Z', `14.11.2026${NBSP}14.20`],
])('%s is told as "%s"', (at, told) => {
	expect(da.moment(at, now)).toBe(told);
});

test.each([
	['2026-11-16T13:20:00Z', `man.${NBSP}14.20`],
	['2026-11-14T13:20:00Z', '14.11'],
	['2025-11-14T13:20:00Z', '14.11.2025'],
])('in a stream %s is told as "%s"', (at, told) => {
	expect(da.recently(at, now)).toBe(told);
});

test('numbers and lists are Danish', () => {
	expect(da.number(1234.5)).toBe('1.234,5');
	expect(da.list(['Amina', 'Karin', 'Jonas'])).toBe('Amina, Karin og Jonas');
});
