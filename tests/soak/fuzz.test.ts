/** What tests/server/sync/fuzz.test.ts tries for some seconds, for an hour, each time with other bytes. `npm run soak fuzz`. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { playHostile, steps } from '../server/sync/fuzzing.ts';

const HOUR_MS = 3_600_000;

test('an hour of what becomes of real edits leaves everybody else untouched', { timeout: HOUR_MS + 60_000 }, async () => {
	const seed = Date.now() % 2 ** 31;
	console.log(`seed ${seed}`);
	let [programs, slowestMs] = [0, 0];
	const played = fc.asyncProperty(steps, async (program) => {
		const beganMs = performance.now();
		await playHostile(program);
		slowestMs = Math.max(slowestMs, performance.now() - beganMs);
		programs++;
	});
	await fc.assert(played, { seed, numRuns: Infinity, interruptAfterTimeLimit: HOUR_MS, markInterruptAsFailure: false });
	console.log(`${programs} programs, the slowest took ${slowestMs.toFixed(0)} ms`);
	expect(programs).toBeGreaterThan(0);
});
