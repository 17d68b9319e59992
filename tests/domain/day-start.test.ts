import { expect, test } from 'vitest';
import { nextMidnight, startOfDay } from '../../domain/day-start.ts';
import { addDays, dayOf } from '../../domain/iso-week.ts';

test('a day begins at 23 UTC in winter and at 22 in summer', () => {
	expect(startOfDay('2026-11-22').toISOString()).toBe('2026-11-21T23:00:00.000Z');
	expect(startOfDay('2026-07-01').toISOString()).toBe('2026-06-30T22:00:00.000Z');
});

test('every day of two years begins where the one before ends, the days of 23 and 25 hours too', () => {
	for (let day = '2026-01-01'; day < '2028-01-01'; day = addDays(day, 1)) {
		const start = startOfDay(day);
		expect([dayOf(start), dayOf(new Date(start.getTime() - 1))]).toEqual([day, addDays(day, -1)]);
		expect(nextMidnight(start)).toEqual(startOfDay(addDays(day, 1)));
	}
});
