import { expect, test } from 'vitest';
import { expectSameEverywhere } from './journey.ts';

test.each(Array.from({ length: 24 }, (_, index) => index + 1))(
	'seed %i ends with the same document on every device and in the log',
	async (seed) => {
		const { written, breaks, lost } = await expectSameEverywhere(seed);
		expect(written, 'something was written').toBeGreaterThan(10);
		expect(breaks, 'the network broke').toBeGreaterThan(2);
		expect(lost, 'something was under way when it did').toBeGreaterThan(0);
	},
);
