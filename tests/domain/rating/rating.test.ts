import { describe, expect, test } from 'vitest';
import { isoWeek } from '../../../domain/iso-week.ts';
import { acceptRating, giveRating, revealRatings } from '../../../domain/rating/rating.ts';

const rateable = {
	milestones: [{ id: 'motivation' }],
	scale: [{ value: 1 }, { value: 2 }, { value: 3 }],
	currentWeek: isoWeek('2027-W01'),
};
const given = (other: object = {}) => ({ week: isoWeek('2027-W01'), milestone: 'motivation', value: 2, ...other });
const at = new Date('2026-11-22T11:00:00Z');

describe('accepting a rating', () => {
	test.each(['2027-W01', '2026-W53'])('takes one of week %s, the one under way or the one before', (week) => {
		expect(acceptRating(rateable, given({ week }))).toMatchObject({ ok: true });
	});

	test.each(['2026-W52', '2027-W02'])('refuses week %s, naming the weeks that can be rated', (week) => {
		const error = { code: 'week-not-rateable', earliest: '2026-W53', latest: '2027-W01' };
		expect(acceptRating(rateable, given({ week }))).toEqual({ ok: false, error });
	});

	test('refuses a milestone the template has not', () => {
		expect(acceptRating(rateable, given({ milestone: 'wealth' }))).toEqual({ ok: false, error: { code: 'no-such-milestone' } });
	});

	test.each([0, 4, 1.5])('refuses %d, which is no step of the scale', (value) => {
		expect(acceptRating(rateable, given({ value }))).toEqual({ ok: false, error: { code: 'not-on-scale' } });
	});
});

describe('giving a rating', () => {
	const before = { afterReveal: false };

	test('is blind until the reveal, and may be changed until then', () => {
		expect(giveRating({ revealedAt: null, before: undefined })).toEqual({ ok: true, value: { afterReveal: false } });
		expect(giveRating({ revealedAt: null, before })).toEqual({ ok: true, value: { afterReveal: false } });
	});

	test('is marked when it comes after the reveal, and may be changed by who came late', () => {
		expect(giveRating({ revealedAt: at, before: undefined })).toEqual({ ok: true, value: { afterReveal: true } });
		expect(giveRating({ revealedAt: at, before: { afterReveal: true } })).toEqual({ ok: true, value: { afterReveal: true } });
	});

	test('refuses to change an answer that was shown', () => {
		expect(giveRating({ revealedAt: at, before })).toEqual({ ok: false, error: { code: 'rating-revealed' } });
	});
});

describe('revealing a round', () => {
	test('shows what was answered', () => {
		expect(revealRatings({ revealedAt: null, answers: 1 }, at)).toEqual({ ok: true, value: { revealedAt: at } });
	});

	test('refuses where nobody has answered', () => {
		expect(revealRatings({ revealedAt: null, answers: 0 }, at)).toEqual({ ok: false, error: { code: 'nothing-to-reveal' } });
	});

	test('refuses to do it twice', () => {
		expect(revealRatings({ revealedAt: at, answers: 3 }, at)).toEqual({ ok: false, error: { code: 'already-revealed' } });
	});
});
