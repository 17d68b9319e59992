import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCpr } from '../../../domain/citizen/cpr.ts';

fc.configureGlobal({ seed: 20261125 });

const two = (number: number) => String(number).padStart(2, '0');
const numbers = fc
	.tuple(
		fc.integer({ min: 1, max: 31 }),
		fc.integer({ min: 1, max: 12 }),
		fc.integer({ min: 0, max: 99 }),
		fc.integer({ min: 0, max: 9999 }),
	)
	.map(([day, month, year, serial]) => `${two(day)}${two(month)}${two(year)}${String(serial).padStart(4, '0')}`);

describe('a CPR number', () => {
	test('is read with or without hyphen and spaces, modulus 11 or not', () => {
		fc.assert(
			fc.property(numbers, (digits) => {
				expect(parseCpr(digits)).toBe(digits);
				expect(parseCpr(` ${digits.slice(0, 6)}-${digits.slice(6)} `)).toBe(digits);
			}),
		);
	});

	test.each(['', '0101901', '010190123', '01019012345', '0013901234', '3201901234', '0101a01234'])('is not %j', (raw) => {
		expect(parseCpr(raw)).toBeUndefined();
	});
});
