import { expect, test } from 'vitest';
import { seal, SealBroken, unseal } from '../../../server/log/seal.ts';
import { CITIZEN_TEXT, OBSERVATION_TEXT, sealText, unsealText } from '../../../server/log/sealed-text.ts';

const key = Buffer.alloc(32, 1);
const words = Buffer.from('Rødgrød med fløde');

test('opens with the same key at the same place', () => {
	expect(unseal(key, seal(key, words, 'here'), 'here')).toEqual(words);
	expect(unseal(key, seal(key, Buffer.alloc(0), 'here'), 'here')).toEqual(Buffer.alloc(0));
});

test.each([
	['at another place', (sealed: Buffer) => unseal(key, sealed, 'there')],
	['with another key', (sealed: Buffer) => unseal(Buffer.alloc(32, 2), sealed, 'here')],
	['cut short', (sealed: Buffer) => unseal(key, sealed.subarray(0, -1), 'here')],
	['of nothing', () => unseal(key, Buffer.alloc(0), 'here')],
])('does not open %s', (_, open) => {
	expect(() => open(seal(key, words, 'here'))).toThrow(SealBroken);
});

test('does not open with any one bit turned', () => {
	const sealed = seal(key, words, 'here');
	for (let bit = 0; bit < sealed.length * 8; bit++) {
		const turned = Buffer.from(sealed);
		turned[bit >> 3]! ^= 1 << (bit & 7);
		expect(() => unseal(key, turned, 'here')).toThrow(SealBroken);
	}
});

test('the same words sealed twice are not the same bytes', () => {
	expect(seal(key, words, 'here')).not.toEqual(seal(key, words, 'here'));
});

test('a text opens as what it is, in its own row', () => {
	const sealed = sealText(key, 'Åse', CITIZEN_TEXT.name, 'row-1');
	expect(unsealText(key, sealed, CITIZEN_TEXT.name, 'row-1')).toBe('Åse');
	expect(() => unsealText(key, sealed, CITIZEN_TEXT.name, 'row-2')).toThrow(SealBroken);
	expect(() => unsealText(key, sealed, OBSERVATION_TEXT.comment, 'row-1')).toThrow(SealBroken);
});
