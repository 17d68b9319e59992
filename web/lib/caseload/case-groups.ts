import type { CaseListEntry } from '../../../server/api/case-board.ts';

export const CASE_GROUPS = ['news', 'same', 'closed'] as const;
export type CaseGroupKind = (typeof CASE_GROUPS)[number];

export interface CaseGroup {
	readonly kind: CaseGroupKind;
	readonly cases: readonly CaseListEntry[];
}

const danish = new Intl.Collator('da');

/** What is new, what is as before, what is over; alphabetical inside. Never by need: people are not ranked. */
export function groupCases(cases: readonly CaseListEntry[]): CaseGroup[] {
	const sorted = cases.toSorted((a, b) => danish.compare(a.citizenName, b.citizenName));
	return CASE_GROUPS.map((kind) => ({ kind, cases: sorted.filter((each) => groupOf(each) === kind) })).filter(
		({ cases: some }) => some.length > 0,
	);
}

function groupOf(entry: CaseListEntry): CaseGroupKind {
	if (entry.closed) return 'closed';
	return entry.hasNews ? 'news' : 'same';
}

/** Every word typed must begin some word of the name, or stand somewhere in the goal or purpose. */
export function matches(entry: CaseListEntry, typed: string): boolean {
	const name = entry.citizenName.toLocaleLowerCase('da').split(/[\s-]+/u);
	const texts = [
		entry.goal?.team,
		entry.goal?.citizen,
		...entry.placements.flatMap(({ company, purpose }) => [company, purpose]),
	];
	const about = texts.join(' ').toLocaleLowerCase('da');
	const wanted = typed.toLocaleLowerCase('da').split(/\s+/u).filter(Boolean);
	return wanted.every((word) => name.some((part) => part.startsWith(word)) || about.includes(word));
}
