import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CaseId } from '../../../domain/ids.ts';
import { proposeAgenda, type AgendaCase, type LastAgenda } from '../../../domain/meeting/agenda.ts';
import { borrowTime } from '../../../domain/meeting/borrow-time.ts';
import { changeAgenda } from '../../../domain/meeting/change-agenda.ts';
import { moveTo } from '../../../domain/meeting/move.ts';
import { ITEM_BUDGET_MS } from '../../../domain/meeting/plan.ts';
import {
	aClosedMeeting,
	after,
	AMINA,
	aMeetingAt,
	anOpenMeeting,
	aPlannedMeeting,
	CASES,
	EMRE,
	FREJA,
	IDA,
	NEWCOMER,
	refusal,
	START,
	the,
} from './a-meeting.ts';

fc.configureGlobal({ seed: 20261125 });

describe('the proposed agenda', () => {
	/** Talked of last week, and nothing happened since. */
	const quiet = (...caseIds: CaseId[]): AgendaCase[] =>
		caseIds.map((caseId) => ({ caseId, discussedAt: weeksBefore(1), hasReason: false }));
	const weeksBefore = (weeks: number) => new Date(START.getTime() - weeks * 7 * 86_400_000);
	const propose = (cases: readonly AgendaCase[], last?: LastAgenda) => proposeAgenda(cases, last, START);

	test('follows the order in which cases began, when no meeting has been', () => {
		expect(propose(quiet(FREJA, AMINA, EMRE))).toEqual([AMINA, EMRE, FREJA]);
	});

	test('starts behind whom the last meeting started with', () => {
		expect(propose(quiet(AMINA, EMRE, FREJA), { startedWith: AMINA, notReached: [] })).toEqual([EMRE, FREJA, AMINA]);
		expect(propose(quiet(AMINA, EMRE, FREJA), { startedWith: FREJA, notReached: [] })).toEqual([AMINA, EMRE, FREJA]);
	});

	test('finds its place also when that case is closed since', () => {
		expect(propose(quiet(AMINA, FREJA, IDA), { startedWith: EMRE, notReached: [] })).toEqual([FREJA, IDA, AMINA]);
	});

	test('takes those who were not reached first, and none whose case is closed', () => {
		const last = { startedWith: AMINA, notReached: [FREJA, NEWCOMER] };
		expect(propose(quiet(AMINA, EMRE, FREJA), last)).toEqual([FREJA, EMRE, AMINA]);
	});

	test('takes those where something changed or waits before the others, each in turn', () => {
		const [amina, emre, freja, ida] = quiet(AMINA, EMRE, FREJA, IDA) as [AgendaCase, AgendaCase, AgendaCase, AgendaCase];
		const cases = [{ ...amina, hasReason: true }, emre, { ...freja, hasReason: true }, ida];
		expect(propose(cases, { startedWith: EMRE, notReached: [] })).toEqual([FREJA, AMINA, IDA, EMRE]);
	});

	test('takes who was not talked of for three weeks, or never, before those with a reason', () => {
		const [amina, emre, freja] = quiet(AMINA, EMRE, FREJA) as [AgendaCase, AgendaCase, AgendaCase];
		const cases = [
			{ ...amina, hasReason: true },
			{ ...emre, discussedAt: weeksBefore(3) },
			{ ...freja, discussedAt: undefined },
		];
		expect(propose(cases)).toEqual([EMRE, FREJA, AMINA]);
	});

	test('holds every open case once, whatever was before', () => {
		const some = fc.subarray([...CASES, NEWCOMER]);
		fc.assert(
			fc.property(some, some, some, fc.option(fc.constantFrom(...CASES)), (open, withReason, notReached, startedWith) => {
				const cases = quiet(...open).map((each) => ({ ...each, hasReason: withReason.includes(each.caseId) }));
				expect(propose(cases, { startedWith, notReached }).sort()).toEqual([...open].sort());
			}),
		);
	});

	test('puts nobody last more often than the others, meeting after meeting', () => {
		const lastOnes: CaseId[] = [];
		let startedWith: CaseId | null = null;
		for (let meeting = 0; meeting < 2 * CASES.length; meeting++) {
			const agenda = propose(quiet(...CASES), { startedWith, notReached: [] });
			startedWith = agenda[0]!;
			lastOnes.push(agenda.at(-1)!);
		}
		for (const caseId of CASES) expect(lastOnes.filter((each) => each === caseId)).toHaveLength(2);
	});

	test('reaches everybody within a round, however few a meeting reaches and whoever always has a reason', () => {
		const meetings = fc.array(fc.subarray([...CASES]), { minLength: 8, maxLength: 12 });
		fc.assert(
			fc.property(meetings, fc.integer({ min: 1, max: CASES.length }), (reasons, reached) => {
				const waited = new Map(CASES.map((caseId) => [caseId, 0]));
				let last: LastAgenda | undefined;
				for (const withReason of reasons) {
					const cases = quiet(...CASES).map((each) => ({ ...each, hasReason: withReason.includes(each.caseId) }));
					const agenda = propose(cases, last);
					agenda.forEach((caseId, index) => waited.set(caseId, index < reached ? 0 : waited.get(caseId)! + 1));
					expect(Math.max(...waited.values())).toBeLessThan(Math.ceil(CASES.length / reached));
					last = { startedWith: agenda[0]!, notReached: agenda.slice(reached) };
				}
			}),
		);
	});
});

describe('changing the agenda', () => {
	const team = new Set([...CASES, NEWCOMER]);

	test('orders those who wait, adds cases of the team and takes others off', () => {
		const meeting = the(changeAgenda(aMeetingAt(AMINA, [AMINA, EMRE, FREJA, IDA]), [IDA, NEWCOMER, EMRE], team));
		expect(meeting.items.map(({ caseId, state }) => [caseId, state])).toEqual([
			[AMINA, 'current'],
			[IDA, 'waiting'],
			[NEWCOMER, 'waiting'],
			[EMRE, 'waiting'],
		]);
	});

	test('keeps whoever was talked of, before the others', () => {
		const moved = the(moveTo(the(moveTo(anOpenMeeting(), FREJA, after(0))), null, after(4)));
		const meeting = the(changeAgenda(moved, [EMRE], team));
		expect(meeting.items.map(({ caseId }) => caseId)).toEqual([FREJA, EMRE]);
	});

	test('keeps the minutes somebody lent', () => {
		const lent = the(borrowTime(aMeetingAt(AMINA), 1));
		expect(the(changeAgenda(lent, [FREJA, EMRE], team)).items[1]).toEqual(lent.items[2]);
	});

	test.each([
		['another team’s case', [NEWCOMER], new Set(CASES), 'not-of-team'],
		['whoever is talked of', [AMINA, EMRE], team, 'item-not-waiting'],
		['anybody twice', [EMRE, EMRE], team, 'twice-on-agenda'],
	])('refuses %s', (_, waiting, ofTeam, code) => {
		expect(changeAgenda(aMeetingAt(AMINA), waiting, ofTeam)).toEqual(refusal(code));
	});

	test('is possible until the meeting closes', () => {
		expect(the(changeAgenda(aPlannedMeeting(), [EMRE], team)).items).toHaveLength(1);
		expect(changeAgenda(aClosedMeeting(), [EMRE], team)).toEqual(refusal('meeting-closed'));
	});
});

describe('borrowing time', () => {
	const minutes = (meeting: { readonly items: readonly { readonly budgetMs: number }[] }) =>
		meeting.items.map(({ budgetMs }) => budgetMs / 60_000);

	test('takes minute by minute from whoever waits with the most, the last first', () => {
		expect(minutes(the(borrowTime(aMeetingAt(AMINA), 1)))).toEqual([5, 4, 3]);
		expect(minutes(the(borrowTime(aMeetingAt(AMINA), 3)))).toEqual([7, 3, 2]);
	});

	test('takes nothing from those who are done', () => {
		expect(minutes(the(borrowTime(the(moveTo(aMeetingAt(AMINA), EMRE, after(1))), 2)))).toEqual([4, 6, 2]);
	});

	test('leaves everybody a minute, and says so instead of taking less than asked', () => {
		expect(minutes(the(borrowTime(aMeetingAt(AMINA), 6)))).toEqual([10, 1, 1]);
		expect(borrowTime(aMeetingAt(AMINA), 7)).toEqual(refusal('no-time-to-borrow'));
	});

	test('makes no time: the meeting ends when it should', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 12 }), (asked) => {
				const borrowed = borrowTime(aMeetingAt(AMINA, CASES), asked);
				const total = the(borrowed).items.reduce((sum, { budgetMs }) => sum + budgetMs, 0);
				expect(total).toBe(CASES.length * ITEM_BUDGET_MS);
			}),
		);
	});

	test('is for somebody who is talked of', () => {
		expect(borrowTime(anOpenMeeting(), 1)).toEqual(refusal('nobody-current'));
	});
});
