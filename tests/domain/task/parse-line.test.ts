import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseTaskLine, withName } from '../../../domain/task/parse-line.ts';

fc.configureGlobal({ seed: 20261125 });

const people = [
	{ id: 'm', name: 'Mette Lund' },
	{ id: 'k', name: 'Karin Holt' },
	{ id: 'a', name: 'Karim Sand' },
	{ id: 'b', name: 'Mette Bang' },
	{ id: 'ø', name: 'Øyvind Aa Ås' },
];
const one = people.filter(({ id }) => id !== 'b');
/** A Wednesday. */
const TODAY = '2026-11-18';
const read = (line: string, on = one) => parseTaskLine(line, on, TODAY);
const person = (id: string) => ({ kind: 'person', id });

describe('a task in one stroke', () => {
	test.each([
		['@Mette tors ring til Løvbjerg', 'm', 'ring til Løvbjerg', '2026-11-19'],
		['@Mette tors ring til Løvbjerg om uge 6', 'm', 'ring til Løvbjerg om uge 6', '2026-11-19'],
		['@mette i morgen ring', 'm', 'ring', '2026-11-19'],
		['@ML fredag uge 49 ring', 'm', 'ring', '2026-12-04'],
		['@Mette Lund: på fredag ring', 'm', 'ring', '2026-11-20'],
		['@Mette Lund på fredag ring', 'm', 'ring', '2026-11-20'],
		['@karin uge 49 regne', 'k', 'regne', '2026-12-04'],
		['@Karin 27.11 regne', 'k', 'regne', '2026-11-27'],
		['@Karin, 1/12 regne', 'k', 'regne', '2026-12-01'],
		['@Mette Thu call the nursery', 'm', 'call the nursery', '2026-11-19'],
		['@Mette tomorrow call', 'm', 'call', '2026-11-19'],
		['@øå køre ruten', 'ø', 'køre ruten', undefined],
		['@Met ring', 'm', 'ring', undefined],
		['ring til Løvbjerg @Mette fredag', 'm', 'ring til Løvbjerg', '2026-11-20'],
		['@Mette ring til Løvbjerg i morgen', 'm', 'ring til Løvbjerg', '2026-11-19'],
		['@Mette ring senest fredag', 'm', 'ring', '2026-11-20'],
		['@Mette tale om uge 49', 'm', 'tale om uge 49', undefined],
		['@Mette monter hylden', 'm', 'monter hylden', undefined],
	])('%s', (line, owner, text, dueOn) => {
		expect(read(line)).toEqual({ named: person(owner), text, dueOn });
	});

	test('asks which one when a name could be two people’s, and takes the answer as their whole name', () => {
		expect(read('@Mette tors ring', people)).toEqual({
			named: { kind: 'which', ids: ['m', 'b'] },
			text: 'ring',
			dueOn: '2026-11-19',
		});
		expect(read('@Kar ring').named).toEqual({ kind: 'which', ids: ['k', 'a'] });
		expect(withName('Nu @Mette tors ring', 'Mette Bang')).toBe('Nu @Mette Bang tors ring');
		expect(read('Nu @Mette Bang tors ring', people)).toEqual({ named: person('b'), text: 'Nu ring', dueOn: '2026-11-19' });
	});

	test('says that nobody has the name, and keeps every word', () => {
		expect(read('@Bo tors ring')).toEqual({ named: { kind: 'unknown', word: 'Bo' }, text: '@Bo tors ring', dueOn: undefined });
	});

	test.each(['Ring til Mette', 'tors ring', 'mail a@b.dk', '@', 'Ring til @ Mette'])('%j is a task in so many words', (line) => {
		expect(read(line)).toEqual({ named: undefined, text: line, dueOn: undefined });
	});

	test('a name that begins another is not taken for it', () => {
		const both = [...one, { id: 'j', name: 'Karin Holt Juhl' }];
		expect(read('@Karin Holt Juhl regne', both).named).toEqual(person('j'));
		expect(read('@Karin Holt regne', both).named).toEqual(person('k'));
	});

	test('never loses a word it did not show as understood', () => {
		fc.assert(
			fc.property(fc.string(), (words) => {
				const { named, text } = read(words);
				if (!named) expect(text).toBe(words.trim().replaceAll(/\s+/g, ' '));
			}),
		);
	});
});
