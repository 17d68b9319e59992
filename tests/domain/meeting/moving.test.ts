import { describe, expect, test } from 'vitest';
import type { CaseId } from '../../../domain/ids.ts';
import { usedMs } from '../../../domain/meeting/item-clock.ts';
import { currentCase, moveTo } from '../../../domain/meeting/move.ts';
import { openMeeting } from '../../../domain/meeting/open.ts';
import { parkMeeting } from '../../../domain/meeting/park.ts';
import { runClock } from '../../../domain/meeting/run-clock.ts';
import { setCitizenPresent, setCurtain } from '../../../domain/meeting/curtain.ts';
import {
	aClosedMeeting,
	after,
	AMINA,
	aMeetingAt,
	anOpenMeeting,
	aPlannedMeeting,
	EMRE,
	LEAD,
	NEWCOMER,
	refusal,
	START,
	TEACHER,
	the,
} from './a-meeting.ts';

const MINUTE_MS = 60_000;
const DOWN = { down: true } as const;
const THERE = { present: true } as const;
const up = (caseId: CaseId | null) => ({ down: false, caseId }) as const;

describe('opening', () => {
	test('begins with nobody, the opener in the chair and the curtain down', () => {
		const meeting = the(openMeeting(aPlannedMeeting(), LEAD, START));
		expect(meeting).toMatchObject({ phase: 'open', chairId: LEAD, openedAt: START, isCurtainDown: true, askedBy: null });
		expect(currentCase(meeting)).toBeNull();
	});

	test('is about the week it is held in, also when it was planned in the one before', () => {
		expect(the(openMeeting(aPlannedMeeting(), LEAD, new Date('2026-11-23T08:00:00Z'))).week).toBe('2026-W48');
	});

	test('takes a parked meeting up where it was left, and its clock runs on', () => {
		const parked = the(parkMeeting(aMeetingAt(AMINA), after(3)));
		const meeting = the(openMeeting(parked, TEACHER, after(50)));
		expect(meeting).toMatchObject({ phase: 'open', chairId: TEACHER, openedAt: START, week: '2026-W47' });
		expect(meeting).not.toHaveProperty('parkedAt');
		expect(currentCase(meeting)).toBe(AMINA);
		expect(usedMs(meeting.items[0]!, after(52))).toBe(5 * MINUTE_MS);
	});

	test('is refused for one that is open or closed', () => {
		expect(openMeeting(anOpenMeeting(), LEAD, START)).toEqual(refusal('meeting-not-planned'));
		expect(openMeeting(aClosedMeeting(), LEAD, START)).toEqual(refusal('meeting-not-planned'));
	});
});

describe('moving', () => {
	test('ends the current item with the time it took, and starts the next', () => {
		const meeting = the(moveTo(aMeetingAt(AMINA), EMRE, after(4)));
		expect(meeting.items.map(({ state }) => state)).toEqual(['done', 'current', 'waiting']);
		expect(meeting.items[0]).toMatchObject({ spentMs: 4 * MINUTE_MS });
		expect(meeting.items[1]).toMatchObject({ since: after(4) });
	});

	test('lets the curtain fall and the citizen leave', () => {
		const shown = the(setCitizenPresent(the(setCurtain(aMeetingAt(AMINA), up(AMINA))), THERE));
		expect(the(moveTo(shown, EMRE, after(1)))).toMatchObject({ isCurtainDown: true, isCitizenPresent: false });
	});

	test('to nobody leaves everybody done or waiting', () => {
		const meeting = the(moveTo(aMeetingAt(AMINA), null, after(2)));
		expect(meeting.items.map(({ state }) => state)).toEqual(['done', 'waiting', 'waiting']);
	});

	test('back to somebody who was done counts on from the time they had', () => {
		const back = the(moveTo(the(moveTo(aMeetingAt(AMINA), EMRE, after(4))), AMINA, after(6)));
		expect(usedMs(back.items[0]!, after(7))).toBe(5 * MINUTE_MS);
	});

	test('to where the meeting is changes nothing: two press "next" at once', () => {
		const meeting = the(setCurtain(aMeetingAt(AMINA), up(AMINA)));
		expect(the(moveTo(meeting, AMINA, after(2)))).toEqual(meeting);
	});

	test('is refused to somebody who is not on the agenda, and outside an open meeting', () => {
		expect(moveTo(anOpenMeeting(), NEWCOMER, START)).toEqual(refusal('not-on-agenda'));
		for (const meeting of [aPlannedMeeting(), the(parkMeeting(anOpenMeeting(), START)), aClosedMeeting()]) {
			expect(moveTo(meeting, AMINA, START)).toEqual(refusal('meeting-not-open'));
		}
	});
});

describe('the clock', () => {
	test('stands while it is paused, and while the meeting is parked', () => {
		const paused = the(runClock(aMeetingAt(AMINA), false, after(2)));
		expect(usedMs(paused.items[0]!, after(9))).toBe(2 * MINUTE_MS);
		expect(usedMs(the(runClock(paused, true, after(9))).items[0]!, after(10))).toBe(3 * MINUTE_MS);
		expect(usedMs(the(parkMeeting(aMeetingAt(AMINA), after(3))).items[0]!, after(60))).toBe(3 * MINUTE_MS);
	});

	test('never runs backwards, also when the server’s own is set back an hour', () => {
		expect(usedMs(aMeetingAt(AMINA).items[0]!, after(-60))).toBe(0);
		expect(the(moveTo(aMeetingAt(AMINA), EMRE, after(-60))).items[0]).toMatchObject({ state: 'done', spentMs: 0 });
	});

	test('is nobody’s between citizens', () => {
		expect(runClock(anOpenMeeting(), true, START)).toEqual(refusal('nobody-current'));
		expect(runClock(aPlannedMeeting(), true, START)).toEqual(refusal('meeting-not-open'));
	});
});

describe('the curtain', () => {
	test('can be drawn whenever the meeting is open', () => {
		expect(the(setCurtain(anOpenMeeting(), up(null))).isCurtainDown).toBe(false);
		expect(the(setCurtain(aMeetingAt(AMINA), DOWN)).isCurtainDown).toBe(true);
		expect(setCurtain(aPlannedMeeting(), DOWN)).toEqual(refusal('meeting-not-open'));
	});

	test('is lifted only before whom the one who lifts it saw: the meeting may have moved on meanwhile', () => {
		const moved = the(moveTo(aMeetingAt(AMINA), EMRE, after(1)));
		expect(setCurtain(moved, up(AMINA))).toEqual(refusal('meeting-changed'));
		expect(setCurtain(moved, up(null))).toEqual(refusal('meeting-changed'));
		expect(the(setCurtain(moved, DOWN)).isCurtainDown).toBe(true);
		expect(the(setCurtain(moved, up(EMRE))).isCurtainDown).toBe(false);
	});

	test('the wall widens again only for whom one saw, and narrows for anybody', () => {
		const moved = the(setCitizenPresent(the(moveTo(aMeetingAt(AMINA), EMRE, after(1))), THERE));
		expect(setCitizenPresent(moved, { present: false, caseId: AMINA })).toEqual(refusal('meeting-changed'));
		expect(the(setCitizenPresent(moved, { present: false, caseId: EMRE })).isCitizenPresent).toBe(false);
	});

	test('a citizen is present only while they are talked of', () => {
		expect(the(setCitizenPresent(aMeetingAt(AMINA), THERE)).isCitizenPresent).toBe(true);
		expect(setCitizenPresent(anOpenMeeting(), THERE)).toEqual(refusal('nobody-current'));
	});
});

test('a parked meeting shows nobody and asks for no chair', () => {
	const shown = the(setCurtain(aMeetingAt(AMINA), up(AMINA)));
	const parked = the(parkMeeting({ ...shown, askedBy: TEACHER }, after(3)));
	expect(parked).toMatchObject({ phase: 'parked', parkedAt: after(3), isCurtainDown: true, askedBy: null });
	expect(parkMeeting(parked, after(4))).toEqual(refusal('meeting-not-open'));
});
