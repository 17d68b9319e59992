/**
 * What of the caseload is shown, and in which order: read from and written to the page's address. What is typed stays
 * out of it: names have no place in a server's log or a browser's history.
 */
import { caseGroup } from '../../../domain/caseload/standing.ts';
import type { CaseId } from '../../../domain/ids.ts';
import type { CaseListEntry, CasePlan } from '../../../server/api/case-board.ts';
import { matches } from './case-groups.ts';

export const SHOWN = ['all', 'mine', 'silence', 'overdue', 'no-job-track', 'raised', 'ending'] as const;
export type Shown = (typeof SHOWN)[number];
/** Names inside every group stand in the Danish alphabet; nothing orders by need. */
export const ORDERS = ['news', 'coordinator', 'phase', 'name'] as const;
export type Order = (typeof ORDERS)[number];

export interface CaseloadView {
	readonly typed: string;
	readonly show: Shown;
	/** A phase id; empty is all of them. */
	readonly phase: string;
	readonly order: Order;
}

/** A row of who reads the plan. */
export type PlannedEntry = CaseListEntry & { readonly plan: CasePlan };

export interface CaseloadGroup {
	/** A group of domain/caseload/standing.ts, a coordinator's name, or a phase id; empty where there is none. */
	readonly key: string;
	readonly ids: readonly CaseId[];
}

export function viewFrom(search: Pick<URLSearchParams, 'get'>): CaseloadView {
	return {
		typed: '',
		show: oneOf(SHOWN, search.get('show')),
		phase: search.get('phase') ?? '',
		order: oneOf(ORDERS, search.get('order')),
	};
}

/** Only what differs from the plain list, so that an address says what was chosen. */
export function searchOf(view: CaseloadView): string {
	const search = new URLSearchParams();
	if (view.show !== SHOWN[0]) search.set('show', view.show);
	if (view.phase !== '') search.set('phase', view.phase);
	if (view.order !== ORDERS[0]) search.set('order', view.order);
	const words = search.toString();
	return words === '' ? '' : `?${words}`;
}

export function isShown(entry: PlannedEntry, show: Shown): boolean {
	const has = (...codes: readonly string[]): boolean => entry.plan.signals.some(({ code }) => codes.includes(code));
	switch (show) {
		case 'all':
			return true;
		case 'mine':
			return entry.plan.mine;
		case 'ending':
			return has('placement-ends', 'access-ends');
		default:
			return has(show);
	}
}

export function passes(entry: PlannedEntry, view: CaseloadView): boolean {
	return (
		isShown(entry, view.show) &&
		(view.phase === '' || entry.plan.phase?.id === view.phase) &&
		(view.typed.trim() === '' || matches(entry, view.typed))
	);
}

const danish = new Intl.Collator('da');

export function groupEntries(entries: readonly PlannedEntry[], order: Order): CaseloadGroup[] {
	const groups = Map.groupBy(
		entries.toSorted((a, b) => danish.compare(a.citizenName, b.citizenName)),
		(entry) => keyOf(entry, order),
	);
	return Array.from(groups, ([key, some]) => ({ key, some }))
		.sort((a, b) => placeOf(a.key, order, a.some[0]) - placeOf(b.key, order, b.some[0]) || danish.compare(a.key, b.key))
		.map(({ key, some }) => ({ key, ids: some.map(({ id }) => id) }));
}

function keyOf(entry: PlannedEntry, order: Order): string {
	const group = caseGroup({ closed: entry.closed, silent: entry.plan.silent, hasNews: entry.hasNews });
	if (order === 'news' || group === 'closed') return group;
	if (order === 'coordinator') return entry.coordinator ?? '';
	return order === 'phase' ? (entry.plan.phase?.id ?? '') : 'all';
}

const FIRST_TO_LAST = ['news', 'same', 'silent'];

/** What is over stands last, what has no heading of its own before that. */
function placeOf(key: string, order: Order, first: PlannedEntry | undefined): number {
	if (key === 'closed') return 1_000;
	if (key === '') return 999;
	if (order === 'news') return FIRST_TO_LAST.indexOf(key);
	return order === 'phase' ? (first?.plan.phase?.step ?? 0) : 0;
}

function oneOf<Word extends string>(words: readonly [Word, ...Word[]], raw: string | null): Word {
	return words.find((word) => word === raw) ?? words[0];
}
