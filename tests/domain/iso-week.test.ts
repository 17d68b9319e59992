import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	addDays,
	addWeeks,
	dayOf,
	daysBetween,
	isDay,
	isIsoWeek,
	isoWeek,
	mondayOf,
	weekNumber,
	weekOf,
	weekOfDay,
	weeksBetween,
} from '../../domain/iso-week.ts';

fc.configureGlobal({ seed: 20261125 });

const days = fc
	.date({ min: new Date('1950-01-01T00:00:00Z'), max: new Date('2099-12-31T00:00:00Z'), noInvalidDate: true })
	.map((date) => date.toISOString().slice(0, 10));
const weeks = days.map(weekOfDay);

describe('weeks', () => {
	test.each([
		['2026-11-22', '2026-W47'],
		['2026-12-31', '2026-W53'],
		['2027-01-03', '2026-W53'],
		['2027-01-04', '2027-W01'],
		['2024-12-30', '2025-W01'],
		['2021-01-01', '2020-W53'],
		['2023-01-01', '2022-W52'],
	])('%s lies in %s', (day, week) => expect(weekOfDay(day)).toBe(week));

	test('begin on a Monday and hold the seven days from it', () => {
		fc.assert(
			fc.property(weeks, fc.integer({ min: 0, max: 6 }), (week, offset) => {
				expect(new Date(`${mondayOf(week)}T00:00:00Z`).getUTCDay()).toBe(1);
				expect(weekOfDay(addDays(mondayOf(week), offset))).toBe(week);
			}),
		);
	});

	test('adding and counting are each other’s inverse', () => {
		fc.assert(
			fc.property(weeks, fc.integer({ min: -500, max: 500 }), (week, count) => {
				expect(weeksBetween(week, addWeeks(week, count))).toBe(count);
				expect(addWeeks(addWeeks(week, count), -count)).toBe(week);
			}),
		);
	});

	test('sort as text in the order of time', () => {
		fc.assert(
			fc.property(weeks, fc.integer({ min: 1, max: 200 }), (week, later) => {
				expect(week < addWeeks(week, later)).toBe(true);
			}),
		);
	});

	test.each(['2026-W00', '2026-W54', '2025-W53', '2026-w47', '2026-W7', ''])('%j is not one', (raw) => {
		expect(isIsoWeek(raw)).toBe(false);
		expect(() => isoWeek(raw)).toThrow(RangeError);
	});

	test('are said by their number', () => expect(weekNumber(isoWeek('2026-W47'))).toBe(47));
});

describe('days', () => {
	test('adding and counting are each other’s inverse', () => {
		fc.assert(
			fc.property(days, fc.integer({ min: -4000, max: 4000 }), (day, count) => {
				expect(daysBetween(day, addDays(day, count))).toBe(count);
			}),
		);
	});

	test.each(['2026-02-29', '2026-13-01', '2026-1-1', '2026-04-31', 'x'])('%j is not one', (raw) =>
		expect(isDay(raw)).toBe(false),
	);
	test.each(['2024-02-29', '2026-12-31'])('%s is one', (raw) => expect(isDay(raw)).toBe(true));

	test('change at midnight in Denmark, in winter and in summer', () => {
		expect(dayOf(new Date('2026-11-21T22:59:59Z'))).toBe('2026-11-21');
		expect(dayOf(new Date('2026-11-21T23:00:00Z'))).toBe('2026-11-22');
		expect(dayOf(new Date('2026-06-30T22:00:00Z'))).toBe('2026-07-01');
		expect(weekOf(new Date('2026-11-22T23:30:00Z'))).toBe('2026-W48');
	});
});
