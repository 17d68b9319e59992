import { isoWeek } from '../../domain/iso-week.ts';

/** The week of NOON. */
export const WEEK = isoWeek('2026-W47');
export const LAST_WEEK = isoWeek('2026-W46');

/** What somebody answers about one milestone this week, unless told otherwise. */
export function aRating(value: number, given: { week?: typeof WEEK; as?: 'citizen' | 'professional'; milestone?: string } = {}) {
	const { week = WEEK, as = 'professional', milestone = 'motivation' } = given;
	return { week, as, ratings: [{ milestone, value }] };
}

export function aReveal(milestone = 'motivation', week = WEEK) {
	return { week, milestones: [milestone] };
}
