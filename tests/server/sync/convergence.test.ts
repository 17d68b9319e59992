import { test } from 'vitest';
import { expectSameEverywhere } from './journey.ts';

test.each(Array.from({ length: 24 }, (_, index) => index + 1))(
	'seed %i ends with the same document on every device and in the log',
	expectSameEverywhere,
);
