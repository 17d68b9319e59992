import { expect, test } from 'vitest';
import { together } from '../../../server/crowd/together.ts';

/** Doubles numbers; a batch waits until it is let go. */
function aDesk(most: number) {
	const batches: number[][] = [];
	const { promise: opens, resolve: open } = Promise.withResolvers<void>();
	const double = together(most, async (numbers: readonly number[]) => {
		batches.push([...numbers]);
		await opens;
		return numbers.map((number) => 2 * number);
	});
	return { batches, open, double };
}

test('who asks in the same turn is asked about together, and each gets their own answer', async () => {
	const { batches, open, double } = aDesk(10);
	const answers = [double(1), double(2), double(3)];
	open();
	expect(await Promise.all(answers)).toEqual([2, 4, 6]);
	expect(batches).toEqual([[1, 2, 3]]);
});

test('who asks while an answer is being found is never given that answer: they are asked about next, so many at once', async () => {
	const { batches, open, double } = aDesk(2);
	const first = double(1);
	await Promise.resolve();
	await Promise.resolve();
	expect(batches).toEqual([[1]]);
	const later = [double(2), double(3), double(4)];
	open();
	expect(await Promise.all([first, ...later])).toEqual([2, 4, 6, 8]);
	expect(batches).toEqual([[1], [2, 3], [4]]);
});

test('a failure is told to those who were asked about together, and the next are asked about again', async () => {
	let asked = 0;
	const answer = together(2, async (words: readonly string[]) => {
		if (++asked === 1) throw new Error('out of reach');
		return words;
	});
	const told = await Promise.allSettled([answer('a'), answer('b'), answer('c')]);
	expect(told.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
	expect(await answer('d')).toBe('d');
});
