import { expect, test } from 'vitest';
import { sparkline } from '../../web/lib/design/chart/sparkline.ts';

test('a line goes through the weeks somebody counted and ends in a dot', () => {
	expect(sparkline([0, 0.5, 1])).toEqual({
		line: 'M3 26L40 14.5L77 3',
		area: 'M3 26L3 26L40 14.5L77 3L77 26Z',
		gaps: [],
		end: { x: 77, y: 3, told: true },
	});
});

test('a week nobody counted breaks the line and gets a ring: it never looks like zero', () => {
	const { line, gaps, end } = sparkline([1, null, 1, 1, null]);
	expect(line).toBe('M3 3h0M40 3L58.5 3');
	expect(gaps).toEqual([21.5]);
	expect(end).toEqual({ x: 77, y: 26, told: false });
});

test('more than was planned is drawn as all of it', () => {
	expect(sparkline([1.5]).end).toEqual({ x: 77, y: 3, told: true });
});

test('nothing at all is an empty box', () => {
	expect(sparkline([])).toEqual({ line: '', area: '', gaps: [], end: undefined });
});
