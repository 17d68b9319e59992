import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applySplice, movedOffset, rebaseTyped, spliceBetween } from '../../web/lib/board/text-rebase.ts';

fc.configureGlobal({ seed: 20261125 });

describe('words typed before the document is there', () => {
	test('are kept over what others changed before, after and around them', () => {
		expect(rebaseTyped('Mål.', 'Mål. Mit.', 'Nyt. Mål.')).toBe('Nyt. Mål. Mit.');
		expect(rebaseTyped('Mål.', 'Et mål.', 'Mål. Dit.')).toBe('Et mål. Dit.');
		expect(rebaseTyped('abc', 'xyz', 'def')).toBe('defxyz');
		expect(rebaseTyped('Mål.', 'Mål.', 'Dit.')).toBe('Dit.');
	});

	test('are always there afterwards, whatever the others did', () => {
		fc.assert(
			fc.property(fc.string(), fc.string(), fc.nat(), fc.string({ minLength: 1 }), (base, current, at, words) => {
				const where = at % (base.length + 1);
				expect(rebaseTyped(base, base.slice(0, where) + words + base.slice(where), current)).toContain(
					spliceBetween(base, base.slice(0, where) + words + base.slice(where))?.insert,
				);
			}),
		);
	});

	test('the smallest splice makes one text of the other, and a caret stays where it stood', () => {
		fc.assert(
			fc.property(fc.string(), fc.string(), (before, after) => {
				const splice = spliceBetween(before, after);
				expect(splice ? applySplice(before, splice) : before).toBe(after);
			}),
		);
		expect(movedOffset(5, { at: 0, remove: 0, insert: 'abc' })).toBe(8);
		expect(movedOffset(2, { at: 4, remove: 1, insert: '' })).toBe(2);
		expect(movedOffset(5, { at: 3, remove: 4, insert: 'x' })).toBe(4);
	});
});
