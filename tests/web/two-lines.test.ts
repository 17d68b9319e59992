import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runsOf } from '../../web/lib/design/chart/runs.ts';
import { drawTwoLines, HEIGHT, rightOf, USUAL_WIDTH } from '../../web/lib/design/chart/two-lines.ts';

fc.configureGlobal({ seed: 20261125 });

const SCALE = { low: 1, high: 5, farFrom: 2 };
type Line = readonly (number | null)[];
const drawn = (first: Line, second: Line, width = USUAL_WIDTH) => drawTwoLines({ first, second, ...SCALE }, width);
const pieces = (path: string) => path.split('M').filter(Boolean);

describe('a line', () => {
	test('runs from the lowest step at the foot to the highest at the top', () => {
		expect(drawn([1, 5], [1, 1]).first.path).toBe('M6 70L180 10');
	});

	test('is never drawn over a silent week', () => {
		expect(pieces(drawn([1, 2, null, 3, 4], []).first.path)).toHaveLength(2);
		expect(runsOf([1, null, null, 2, 3])).toEqual([
			[{ index: 0, value: 1 }],
			[
				{ index: 3, value: 2 },
				{ index: 4, value: 3 },
			],
		]);
	});

	test('shows a week between two silent ones as a mark of its own', () => {
		const { path, lone, end } = drawn([null, 2, null, 3, null], []).first;
		expect(path).toBe('');
		expect(lone).toHaveLength(1);
		expect(end?.value).toBe(3);
	});

	test('that was never rated has neither mark nor number', () => {
		expect(drawn([null, null], [1, 2]).first).toEqual({ path: '', lone: [], end: undefined });
	});
});

describe('the space between two lines', () => {
	test('is drawn only where both run', () => {
		expect(pieces(drawn([1, 2, null, 2, 2], [1, 2, 2, 2, null]).near)).toHaveLength(1);
	});

	test('is hatched from two steps on, and only there', () => {
		const { near, far } = drawn([1, 1, 1, 1], [2, 2, 3, 3]);
		expect([pieces(near).length, pieces(far).length]).toEqual([1, 2]);
	});
});

describe('the numbers at the ends', () => {
	const gapOf = ({ first, second }: ReturnType<typeof drawn>) => Math.abs(first.end!.label.y - second.end!.label.y);

	test('make room for each other when the lines end half a step apart', () => {
		expect(gapOf(drawn([3, 3], [3, 3.5]))).toBeGreaterThanOrEqual(13);
	});

	test('stand above the mark of a line that stopped earlier', () => {
		const { first, second } = drawn([3, 3, 3], [3, 3, null]);
		expect(second.end!.label.y).toBeLessThan(second.end!.y);
		expect(first.end!.label.y).toBeGreaterThan(first.end!.y);
	});
});

test('everything stays inside the box, whatever the values and however wide it is', () => {
	const line = fc.array(fc.option(fc.integer({ min: 2, max: 10 }).map((half) => half / 2)), { minLength: 12, maxLength: 12 });
	fc.assert(
		fc.property(line, line, fc.integer({ min: 120, max: 400 }), (first, second, width) => {
			const { first: one, second: other, near, far } = drawn(first, second, width);
			for (const path of [one.path, other.path, near, far])
				for (const [, x, y] of path.matchAll(/([\d.]+) ([\d.]+)/g)) {
					expect(Number(x)).toBeLessThanOrEqual(rightOf(width));
					expect(Number(y)).toBeLessThanOrEqual(HEIGHT);
				}
		}),
	);
});
