import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asId, idSchema, isUuid, uuidV7, type CaseId } from '../../domain/ids.ts';

fc.configureGlobal({ seed: 20261125 });

const instants = fc.integer({ min: 0, max: 2 ** 48 - 1 });
const randoms = fc.uint8Array({ minLength: 10, maxLength: 10 });

describe('an id made by us', () => {
	test('is a UUID of version 7 and variant 10, whatever the bytes', () => {
		fc.assert(
			fc.property(instants, randoms, (ms, random) => {
				const id = uuidV7(ms, random);
				expect(isUuid(id)).toBe(true);
				expect(id[14]).toBe('7');
				expect('89ab').toContain(id[19]);
			}),
		);
	});

	test('carries its instant in the first 48 bits, so ids sort by time', () => {
		fc.assert(
			fc.property(instants, instants, randoms, randoms, (one, other, left, right) => {
				expect(Number.parseInt(uuidV7(one, left).replaceAll('-', '').slice(0, 12), 16)).toBe(one);
				if (one < other) expect(uuidV7(one, left) < uuidV7(other, right)).toBe(true);
			}),
		);
	});
});

describe('an id that comes in', () => {
	const upper = '0190D2F0-0000-7000-8000-000000000000';
	test.each(['', 'x', upper, '0190d2f0-0000-7000-8000-00000000000', ' 0190d2f0-0000-7000-8000-000000000000'])(
		'refuses %j',
		(raw) => {
			expect(isUuid(raw)).toBe(false);
			expect(idSchema().safeParse(raw).success).toBe(false);
			expect(() => asId<CaseId>(raw)).toThrow(RangeError);
		},
	);

	test('is kept as it is when it is a lower-case UUID', () => {
		expect(asId<CaseId>(upper.toLowerCase())).toBe(upper.toLowerCase());
		expect(idSchema<CaseId>().parse(upper.toLowerCase())).toBe(upper.toLowerCase());
	});
});
