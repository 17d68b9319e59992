/** As fuzz.test.ts, but whatever changes something is tried in the worker first, however small it is. */
import fc from 'fast-check';
import { afterAll, expect, test, vi } from 'vitest';
import type { Tried } from '../../../server/sync/trials.ts';

const LIMITS = '../../../server/sync/limits.ts';

vi.resetModules(); // files share what they have imported, and it has the limit of the product
vi.doMock(LIMITS, async (original) => ({ ...(await original<object>()), LARGE_UPDATE_BYTES: 0 }));
const { playHostile, steps } = await import('./fuzzing.ts');
const { Trials } = await import('../../../server/sync/trials.ts');

const failures: unknown[] = [];
const trials = new Trials((error) => failures.push(error));
afterAll(async () => {
	vi.doUnmock(LIMITS);
	vi.resetModules();
	await trials.stop();
});

test('what is tried first fares as what is not: others are untouched, all hold the same, and nobody writes as another', async () => {
	const answers: Record<Tried['kind'], number> = { passed: 0, refused: 0, 'put-off': 0, 'not-tried': 0 };
	const { tryOut } = trials;
	trials.tryOut = async (make) => {
		const tried = await tryOut.call(trials, make);
		answers[tried.kind]++;
		return tried;
	};
	const sums = { taken: 0, refused: 0 };
	await fc.assert(
		fc.asyncProperty(steps, async (program) => {
			const { taken, refused } = await playHostile(program, trials);
			sums.taken += taken;
			sums.refused += refused;
		}),
		{ seed: 4, numRuns: 300 },
	);
	expect(Math.min(sums.taken, sums.refused)).toBeGreaterThan(60);
	expect([answers['not-tried'], failures]).toEqual([0, []]);
	expect(answers.passed).toBeGreaterThan(400);
	expect(answers.refused).toBeGreaterThan(5);
});
