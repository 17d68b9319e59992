import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addWeeks, isoWeek, type IsoWeek } from '../../../domain/iso-week.ts';
import { lastOf, median, readingOf, seriesOf, stepsApart } from '../../../domain/rating/series.ts';

fc.configureGlobal({ seed: 20261125 });

const CURRENT = isoWeek('2026-W47');
const WEEKS: IsoWeek[] = [-4, -3, -2, -1, 0].map((back) => addWeeks(CURRENT, back));
type Line = readonly (number | null)[];
const aSeries = (citizen: Line, professionals: Line) => ({ weeks: WEEKS, citizen, professionals });
const NOBODY = [null, null, null, null, null];

describe('the median', () => {
	test.each([
		[[], null],
		[[4], 4],
		[[2, 5], 3.5],
		[[5, 1, 4], 4],
		[[1, 5, 4, 4], 4],
	])('of %j is %d', (values, middle) => expect(median(values)).toBe(middle));

	test('lies between the lowest and the highest, whatever the order', () => {
		fc.assert(
			fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1 }), (values) => {
				const middle = median(values)!;
				expect(middle).toBeGreaterThanOrEqual(Math.min(...values));
				expect(middle).toBeLessThanOrEqual(Math.max(...values));
				expect(median(values.toReversed())).toBe(middle);
			}),
		);
	});
});

test('a series has a place for every week, empty where nothing was shown', () => {
	const shown = [
		{ week: WEEKS[1]!, citizen: 2, professionals: null },
		{ week: WEEKS[4]!, citizen: 3, professionals: 3.5 },
	];
	expect(seriesOf(WEEKS, shown)).toEqual(aSeries([null, 2, null, null, 3], [null, null, null, null, 3.5]));
});

test('the last value of a side keeps the week it was given in', () => {
	expect(lastOf(aSeries([1, 2, null, null, null], NOBODY), 'citizen')).toEqual({ week: WEEKS[1], value: 2 });
	expect(lastOf(aSeries(NOBODY, NOBODY), 'citizen')).toBeUndefined();
});

test('the distance is known only in weeks where both have rated', () => {
	expect(stepsApart(aSeries([1, 2, null, 4, 5], [3, 2, 3, null, 4.5]))).toEqual([2, 0, null, null, 0.5]);
});

describe('in words', () => {
	test.each<[string, Line, Line, object]>([
		['nobody has ever rated', NOBODY, NOBODY, { code: 'never-rated' }],
		['both agree', [1, 2, 2, 3, 4], [1, 1, 2, 3, 4], { code: 'agree' }],
		['they are two steps apart', [1, 2, 2, 3, 3], [1, 1, 2, 3, 5], { code: 'apart', steps: 2 }],
		['they are half a step apart', [1, 2, 2, 3, 3], [1, 1, 2, 3, 3.5], { code: 'apart', steps: 0.5 }],
		['the week under way is not rated yet', [1, 2, 2, 3, null], [1, 1, 2, 4, null], { code: 'apart', steps: 1 }],
		['they last met before the newest answer', [1, 2, 2, 3, 3], [1, 1, 2, 4, null], { code: 'apart', steps: 1 }],
		['they never rated the same week', [null, null, null, 3, null], [null, null, null, null, 4], { code: 'not-together' }],
		[
			'the professionals have been silent a whole week',
			[1, 2, 2, 3, 3],
			[1, 1, 2, null, null],
			{ code: 'side-silent', side: 'professionals', since: '2026-W45' },
		],
		[
			'the citizen has been silent a whole week',
			[1, 2, null, null, null],
			[1, 1, 2, 3, 3],
			{ code: 'side-silent', side: 'citizen', since: '2026-W44' },
		],
		['both have been silent', [1, 2, null, null, null], [1, 1, 2, null, null], { code: 'silent', since: '2026-W45' }],
		['only professionals ever rated', NOBODY, [1, 1, 2, 3, null], { code: 'side-never', side: 'citizen' }],
		['only the citizen ever rated', [1, 1, 2, 3, null], NOBODY, { code: 'side-never', side: 'professionals' }],
		['only one side ever rated, long ago', [1, null, null, null, null], NOBODY, { code: 'silent', since: '2026-W43' }],
	])('%s', (_, citizen, professionals, reading) => {
		expect(readingOf(aSeries(citizen, professionals), CURRENT)).toEqual(reading);
	});
});
