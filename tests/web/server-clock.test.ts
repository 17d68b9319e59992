import { expect, test } from 'vitest';
import { aheadBy } from '../../web/lib/board/server-clock.ts';

test('a clock is told by the middle of the way there and back, ahead or behind', () => {
	expect(aheadBy(10_050, 10_000, 10_100)).toBe(0);
	expect(aheadBy(3_610_050, 10_000, 10_100)).toBe(3_600_000);
	expect(aheadBy(9_050, 10_000, 10_100)).toBe(-1_000);
});

test('an answer that was long on its way tells no clock', () => {
	expect(aheadBy(10_300, 10_000, 10_500)).toBe(50);
	expect(aheadBy(10_300, 10_000, 10_501)).toBeUndefined();
});
