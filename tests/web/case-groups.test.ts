import { expect, test } from 'vitest';
import { asId, type CaseId } from '../../domain/ids.ts';
import type { CaseListEntry } from '../../server/api/case-board.ts';
import { groupCases, matches } from '../../web/lib/caseload/case-groups.ts';

function aCase(citizenName: string, changes: Partial<CaseListEntry> = {}): CaseListEntry {
	return {
		id: asId<CaseId>('01900000-0000-7000-8000-000000000001'),
		citizenName,
		age: 27,
		goal: { team: 'Gartneri, 12 timer', citizen: 'Noget med hænderne' },
		phase: null,
		coordinator: null,
		team: null,
		placements: [],
		releaseDay: null,
		summaryOnly: false,
		hasNews: false,
		closed: false,
		plan: null,
		...changes,
	};
}
const namesIn = (cases: CaseListEntry[]) =>
	groupCases(cases).map(({ kind, cases: some }) => [kind, some.map(({ citizenName }) => citizenName)]);

test('what is new stands first, what is over last, and inside a group the Danish alphabet decides', () => {
	expect(
		namesIn([
			aCase('Åse'),
			aCase('Zenia'),
			aCase('Bo', { closed: true, hasNews: true }),
			aCase('Ida', { hasNews: true }),
			aCase('Ørn'),
		]),
	).toEqual([
		['news', ['Ida']],
		['same', ['Zenia', 'Ørn', 'Åse']],
		['closed', ['Bo']],
	]);
});

test.each(['ami', 'AMINA holm', 'holm', 'gartneri', 'amina timer'])(
	'"%s" finds Amina Holm, who wants to work in a nursery',
	(typed) => {
		expect(matches(aCase('Amina Holm'), typed)).toBe(true);
	},
);

test.each(['mina', 'amina kok', 'jens'])('"%s" does not', (typed) => {
	expect(matches(aCase('Amina Holm'), typed)).toBe(false);
});

test('a mentor finds by company and purpose, where there is no goal to read', () => {
	const placements = [{ id: asId<never>('01900000-0000-7000-8000-000000000002'), company: 'Løvbjerg', purpose: 'Faste pauser' }];
	expect(matches(aCase('Amina Holm', { goal: null, placements }), 'løvbjerg pauser')).toBe(true);
});
