import { describe, expect, test } from 'vitest';
import { parseDay } from '../../domain/day-words.ts';

describe('a day', () => {
	const TODAY = '2026-11-18';
	test.each([
		['19.11', '2026-11-19'],
		['19.11.2026', '2026-11-19'],
		['19/11', '2026-11-19'],
		['1.2', '2027-02-01'],
		['tors. 19.11', '2026-11-19'],
		['2026-11-19', '2026-11-19'],
		['tors', '2026-11-19'],
		['mandag', '2026-11-23'],
		['Fri', '2026-11-20'],
		['i dag', '2026-11-18'],
		['uge 49', '2026-12-04'],
		['fredag uge 49', '2026-12-04'],
		['tirs i uge 49', '2026-12-01'],
		['i morgen', '2026-11-19'],
		['thurs', '2026-11-19'],
		['uge 53', '2027-01-01'],
		['week 1', '2027-01-08'],
	])('written as %s is %s', (written, day) => {
		expect(parseDay(written, TODAY)).toBe(day);
	});
	test.each(['31.2', 'snart', '', '2026-02-31', 'uge 60', '45.1.2026', 'monter', 'sundhed', 'snart uge 49'])(
		'is refused when it is %j',
		(written) => {
			expect(parseDay(written, TODAY)).toBeUndefined();
		},
	);
});
