/** What tests/server/sync/convergence.test.ts tries with 24 seeds, for twenty minutes, each time with others. `npm run soak convergence`. */
import { expect, test } from 'vitest';
import { expectSameEverywhere } from '../server/sync/journey.ts';

const LASTS_MS = 20 * 60_000;

test('twenty minutes of journeys end with the same document on every device and in the log', async () => {
	const first = Date.now() % 2 ** 31;
	let seed = first;
	for (const endMs = Date.now() + LASTS_MS; Date.now() < endMs; seed++)
		await expectSameEverywhere(seed).catch((cause: unknown) => {
			throw new Error(`seed ${seed}`, { cause });
		});
	console.log(`${seed - first} seeds from ${first}`);
	expect(seed).toBeGreaterThan(first);
});
