import fc from 'fast-check';
import { expect, test } from 'vitest';
import { playHostile, steps } from './fuzzing.ts';

test('whatever becomes of real edits, others are untouched, all hold the same, and nobody writes as another', async () => {
	const sums = { taken: 0, refused: 0 };
	await fc.assert(
		fc.asyncProperty(steps, async (program) => {
			const { taken, refused } = await playHostile(program);
			sums.taken += taken;
			sums.refused += refused;
		}),
		{ seed: 3, numRuns: 300 },
	);
	expect(Math.min(sums.taken, sums.refused)).toBeGreaterThan(200); // both doors were tried
});
