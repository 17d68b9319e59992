import { describe, expect, test } from 'vitest';
import { stepOf, type Standing } from '../../web/lib/meeting/following.ts';
import { endsAtMs, minutesLate, saysClock, timeOf } from '../../web/lib/meeting/item-time.ts';
import type { MeetingItemView } from '../../server/api/meetings.ts';

const MINUTE = 60_000;
const OPENED = '2026-11-18T09:00:00.000Z';
const after = (minutes: number) => Date.parse(OPENED) + minutes * MINUTE;
const item = (given: Partial<MeetingItemView>): MeetingItemView => ({
	position: 1,
	caseId: null,
	citizenName: null,
	state: 'waiting',
	budgetMs: 4 * MINUTE,
	spentMs: 0,
	since: null,
	isNews: false,
	isSilent: false,
	lastDiscussed: null,
	...given,
});

describe('the time of an item', () => {
	test('is what was used before, and what has run since', () => {
		const running = item({ state: 'current', spentMs: MINUTE, since: OPENED });
		expect(timeOf(running, after(2)).usedMs).toBe(3 * MINUTE);
		expect(timeOf(item({ spentMs: MINUTE }), after(2)).usedMs).toBe(MINUTE);
		expect(timeOf(running, after(-5)).usedMs).toBe(MINUTE);
	});

	test('tells borrowed minutes from its own, and what it lent', () => {
		expect(timeOf(item({ budgetMs: 6 * MINUTE }), 0)).toMatchObject({
			ownMs: 4 * MINUTE,
			borrowedMs: 2 * MINUTE,
			lentMinutes: 0,
		});
		expect(timeOf(item({ budgetMs: 3 * MINUTE }), 0)).toMatchObject({ ownMs: 3 * MINUTE, borrowedMs: 0, lentMinutes: 1 });
	});

	test('is said in minutes and seconds, as each language does', () => {
		expect([saysClock(186_000, 'da'), saysClock(42_900, 'en'), saysClock(3_600_000, 'da')]).toEqual(['3.06', '0:42', '60.00']);
	});
});

describe('the end of a meeting', () => {
	const items = [item({ state: 'done', spentMs: 6 * MINUTE }), item({ state: 'current', since: OPENED }), item({})];
	test('comes when who waits has had what is set aside for them', () => {
		expect(endsAtMs({ items }, after(1))).toBe(after(1 + 3 + 4));
		expect(endsAtMs({ items }, after(9))).toBe(after(9 + 4));
	});
	test('is late by what was used beyond the plan', () => {
		expect(minutesLate({ items, openedAt: OPENED }, after(9))).toBe(1);
		expect(minutesLate({ items, openedAt: null }, after(9))).toBe(0);
	});
});

describe('a page and the meeting', () => {
	const standing = (given: Partial<Standing>): Standing => ({
		at: 'amina',
		pointer: 'emre',
		follows: true,
		writing: false,
		unsent: 0,
		offered: undefined,
		stayedFrom: undefined,
		...given,
	});
	test('goes where the meeting goes', () => {
		expect(stepOf(standing({}))).toBe('go');
		expect(stepOf(standing({ at: undefined, follows: false }))).toBe('go');
		expect(stepOf(standing({ offered: 'freja' }))).toBe('go');
	});
	test.each([{ writing: true }, { unsent: 1 }, { follows: false }, { offered: 'emre' }])('asks instead while %j', (given) => {
		expect(stepOf(standing(given))).toBe('offer');
	});
	test('stays where it is when that is the place, between citizens, and where one chose to', () => {
		expect(stepOf(standing({ pointer: 'amina' }))).toBe('stay');
		expect(stepOf(standing({ pointer: null }))).toBe('stay');
		expect(stepOf(standing({ stayedFrom: 'emre' }))).toBe('stay');
		expect(stepOf(standing({ stayedFrom: 'freja' }))).toBe('go');
	});
});
