import { describe, expect, test } from 'vitest';
import type { CaseId } from '../../domain/ids.ts';
import { isoWeek } from '../../domain/iso-week.ts';
import type { CaseListEntry, CasePlan } from '../../server/api/case-board.ts';
import { Caseload } from '../../web/lib/caseload/caseload.svelte.ts';
import { groupEntries, searchOf, viewFrom, type PlannedEntry } from '../../web/lib/caseload/caseload-view.ts';
import { anId } from '../support/board.ts';

let serial = 0;
function anEntry(citizenName: string, changes: Partial<CaseListEntry> = {}, plan: Partial<CasePlan> = {}): PlannedEntry {
	return {
		id: anId<CaseId>(++serial),
		citizenName,
		age: null,
		goal: { team: '', citizen: '' },
		phase: null,
		coordinator: null,
		team: null,
		placements: [],
		releaseDay: null,
		summaryOnly: false,
		hasNews: false,
		closed: false,
		...changes,
		plan: {
			phase: null,
			cells: [],
			attendance: [],
			openTasks: 0,
			overdueTasks: 0,
			signals: [],
			silent: false,
			coordinatorId: null,
			mine: false,
			...plan,
		},
	};
}
const WEEK = isoWeek('2026-W47');
const listOf = (cases: PlannedEntry[]) => ({ cases, trackTypes: [], week: WEEK });
const aCaseload = (entries: PlannedEntry[], search = '') => new Caseload(listOf(entries), viewFrom(new URLSearchParams(search)));
const shownIn = (caseload: Caseload) =>
	caseload.order.groups.map(({ key, ids }) => [key, ids.map((id) => caseload.row(id)?.citizenName)]);

describe('the address', () => {
	test('says what was chosen and nothing else, and gives it back', () => {
		expect(searchOf(viewFrom(new URLSearchParams()))).toBe('');
		const search = '?show=overdue&phase=practice&order=coordinator';
		expect(searchOf(viewFrom(new URLSearchParams(search)))).toBe(search);
		expect(searchOf({ ...viewFrom(new URLSearchParams()), typed: 'Amina' })).toBe('');
	});

	test('with words nobody knows is the plain list', () => {
		expect(viewFrom(new URLSearchParams('show=worst&order=need'))).toMatchObject({ show: 'all', order: 'news' });
	});
});

describe('the order', () => {
	const [news, silent, quiet, over] = [
		anEntry('Åse', { hasNews: true, coordinator: 'Karin' }, { signals: [{ code: 'overdue', count: 9 }] }),
		anEntry('Bo', { coordinator: 'Ali' }, { silent: true }),
		anEntry('Ida', { coordinator: null }),
		anEntry('Carl', { closed: true, coordinator: 'Ali' }),
	];
	const zenia = anEntry('Zenia', { hasNews: true, coordinator: 'Karin' });
	const entries = [zenia, over, silent, news, quiet];
	const keys = (order: 'news' | 'coordinator' | 'name') =>
		groupEntries(entries, order).map(({ key, ids }) => [
			key,
			ids.map((id) => entries.find((entry) => entry.id === id)?.citizenName),
		]);

	test('is news, as before, silent, closed, and the Danish alphabet inside: never need', () => {
		expect(keys('news')).toEqual([
			['news', ['Zenia', 'Åse']],
			['same', ['Ida']],
			['silent', ['Bo']],
			['closed', ['Carl']],
		]);
	});

	test('by coordinator is alphabetical too, with who has none and what is over last', () => {
		expect(keys('coordinator')).toEqual([
			['Ali', ['Bo']],
			['Karin', ['Zenia', 'Åse']],
			['', ['Ida']],
			['closed', ['Carl']],
		]);
		expect(keys('name')[0]).toEqual(['all', ['Bo', 'Ida', 'Zenia', 'Åse']]);
	});
});

test('a filter shows those with that signal, and its count is of all', () => {
	const caseload = aCaseload(
		[anEntry('Amina', {}, { signals: [{ code: 'overdue', count: 1 }] }), anEntry('Bo', {}, { mine: true })],
		'show=overdue',
	);
	expect(shownIn(caseload)).toEqual([['same', ['Amina']]]);
	expect(caseload.counts).toMatchObject({ all: 2, mine: 1, overdue: 1, silence: 0 });
});

describe('while the list is held', () => {
	test('a changed row keeps its place and shows what is new in it; the newest order comes when asked for', () => {
		const [amina, bo] = [anEntry('Amina'), anEntry('Bo')];
		const caseload = aCaseload([amina, bo]);
		caseload.order.hold();
		caseload.replace([bo.id], listOf([{ ...bo, hasNews: true, coordinator: 'Karin' }]));
		expect(shownIn(caseload)).toEqual([['same', ['Amina', 'Bo']]]);
		expect(caseload.row(bo.id)?.coordinator).toBe('Karin');
		expect(caseload.order.waiting).toBe(1);
		caseload.order.refresh();
		expect(shownIn(caseload)).toEqual([
			['news', ['Bo']],
			['same', ['Amina']],
		]);
		expect(caseload.order.waiting).toBe(0);
	});

	test('a new row waits, and one that is not the reader’s any more is gone at once', () => {
		const [amina, bo, carl] = [anEntry('Amina'), anEntry('Bo'), anEntry('Carl')];
		const caseload = aCaseload([amina, bo]);
		caseload.order.hold();
		caseload.replace([carl.id], listOf([carl]));
		caseload.replace([bo.id], listOf([]));
		expect(shownIn(caseload)).toEqual([['same', ['Amina']]]);
		expect(caseload.order.waiting).toBe(1);
		caseload.order.release();
		expect(shownIn(caseload)).toEqual([['same', ['Amina', 'Carl']]]);
	});
});
