import { expect, test } from 'vitest';
import { askForChair, handChair, isPresent } from '../../../domain/meeting/chair.ts';
import { anOpenMeeting, aPlannedMeeting, LEAD, MENTOR, refusal, START, TEACHER, the } from './a-meeting.ts';

const after = (seconds: number) => new Date(START.getTime() + seconds * 1_000);

test('who asks a present chair waits for an answer', () => {
	expect(the(askForChair(anOpenMeeting(), TEACHER, true))).toMatchObject({ chairId: LEAD, askedBy: TEACHER });
});

test('an absent chair’s is given at once', () => {
	const asked = the(askForChair(anOpenMeeting(), TEACHER, true));
	expect(the(askForChair(asked, MENTOR, false))).toMatchObject({ chairId: MENTOR, askedBy: null });
});

test('who asked first is not pushed aside, and may ask again', () => {
	const asked = the(askForChair(anOpenMeeting(), TEACHER, true));
	expect(askForChair(asked, MENTOR, true)).toEqual(refusal('chair-asked'));
	expect(the(askForChair(asked, TEACHER, true))).toEqual(asked);
});

test('the chair asks nobody, and nobody asks outside an open meeting', () => {
	expect(askForChair(anOpenMeeting(), LEAD, true)).toEqual(refusal('already-chair'));
	expect(askForChair(aPlannedMeeting(), TEACHER, false)).toEqual(refusal('meeting-not-open'));
	expect(handChair(aPlannedMeeting(), TEACHER)).toEqual(refusal('meeting-not-open'));
});

test('handing it over answers who asked, also when it stays', () => {
	const asked = the(askForChair(anOpenMeeting(), TEACHER, true));
	expect(the(handChair(asked, TEACHER))).toMatchObject({ chairId: TEACHER, askedBy: null });
	expect(the(handChair(asked, LEAD))).toMatchObject({ chairId: LEAD, askedBy: null });
});

test('somebody is away who was not seen for half a minute', () => {
	expect(isPresent(START, after(29))).toBe(true);
	expect(isPresent(START, after(30))).toBe(false);
	expect(isPresent(undefined, START)).toBe(false);
});
