import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDay } from '../../web/lib/board/day-input.ts';
import { parseTaskLine } from '../../web/lib/board/task-line.ts';
import { applySplice, movedOffset, rebaseTyped, spliceBetween } from '../../web/lib/board/text-rebase.ts';

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

describe('a day', () => {
	const TODAY = '2026-11-18';
	test.each([
		['19.11', '2026-11-19'],
		['19.11.2026', '2026-11-19'],
		['19/11', '2026-11-19'],
		['1.2', '2027-02-01'],
		['tors. 19.11', '2026-11-19'],
		['2026-11-19', '2026-11-19'],
		['tors', '2026-11-19'],
		['mandag', '2026-11-23'],
		['Fri', '2026-11-20'],
		['i dag', '2026-11-18'],
		['uge 49', '2026-12-04'],
		['uge 53', '2027-01-01'],
		['week 1', '2027-01-08'],
	])('written as %s is %s', (written, day) => {
		expect(parseDay(written, TODAY)).toBe(day);
	});
	test.each(['31.2', 'snart', '', '2026-02-31', 'uge 60', '45.1.2026'])('is refused when it is %j', (written) => {
		expect(parseDay(written, TODAY)).toBeUndefined();
	});
});

describe('a task in one stroke', () => {
	const people = [
		{ id: 'm', name: 'Mette Lund' },
		{ id: 'k', name: 'Karin Holt' },
		{ id: 'a', name: 'Karim Sand' },
	];
	test('names who and when before what', () => {
		expect(parseTaskLine('@Mette tors ring til Løvbjerg om uge 6', people, '2026-11-18')).toEqual({
			text: 'ring til Løvbjerg om uge 6',
			owner: 'm',
			dueOn: '2026-11-19',
		});
		expect(parseTaskLine('@karin uge 49 regne', people, '2026-11-18')).toEqual({
			text: 'regne',
			owner: 'k',
			dueOn: '2026-12-04',
		});
		expect(parseTaskLine('@Mette ring', people, '2026-11-18')).toEqual({ text: 'ring', owner: 'm', dueOn: undefined });
	});
	test('goes to nobody when the name could be two', () => {
		expect(parseTaskLine('@Kari ring', people, '2026-11-18').owner).toBeUndefined();
		expect(parseTaskLine('Ring til Mette', people, '2026-11-18')).toEqual({
			text: 'Ring til Mette',
			owner: undefined,
			dueOn: undefined,
		});
	});
});
