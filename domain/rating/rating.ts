import { addWeeks, type IsoWeek } from '../iso-week.ts';
import { ok, refuse, type Result } from '../result.ts';

/** Danish: vurdering. Whose answer it is: the citizen's, written down by a colleague, or a professional's own. */
export const RATED_AS = ['citizen', 'professional'] as const;
export type RatedAs = (typeof RATED_AS)[number];

/** What can be rated when: a template's milestones and scale, and the week under way. */
export interface Rateable {
	readonly milestones: readonly { readonly id: string }[];
	readonly scale: readonly { readonly value: number }[];
	readonly currentWeek: IsoWeek;
}

export interface GivenRating {
	readonly week: IsoWeek;
	readonly milestone: string;
	readonly value: number;
}

export type AcceptRatingRefusal =
	| { readonly code: 'week-not-rateable'; readonly earliest: IsoWeek; readonly latest: IsoWeek }
	| { readonly code: 'no-such-milestone' }
	| { readonly code: 'not-on-scale' };

/** This week's rating, or that of the week before: a team that meets on Monday speaks of the week that has ended. */
export function acceptRating(
	{ milestones, scale, currentWeek }: Rateable,
	given: GivenRating,
): Result<GivenRating, AcceptRatingRefusal> {
	const earliest = addWeeks(currentWeek, -1);
	if (given.week < earliest || given.week > currentWeek) {
		return refuse({ code: 'week-not-rateable', earliest, latest: currentWeek });
	}
	if (!milestones.some(({ id }) => id === given.milestone)) return refuse({ code: 'no-such-milestone' });
	return scale.some(({ value }) => value === given.value) ? ok(given) : refuse({ code: 'not-on-scale' });
}

/** One milestone of one case in one week, as far as somebody who answers is concerned. */
export interface RoundStanding {
	/** Null while nobody sees anything but their own answer. */
	readonly revealedAt: Date | null;
	/** The same rater's answer, if there is one already. */
	readonly before: { readonly afterReveal: boolean } | undefined;
}

/**
 * An answer may be changed until all are shown together. What was shown stays as it was shown, because who changes it
 * afterwards has seen the others'. Who had not answered still may, and everybody sees that it came afterwards.
 */
export function giveRating({
	revealedAt,
	before,
}: RoundStanding): Result<{ readonly afterReveal: boolean }, { readonly code: 'rating-revealed' }> {
	const afterReveal = revealedAt !== null;
	return afterReveal && before?.afterReveal === false ? refuse({ code: 'rating-revealed' }) : ok({ afterReveal });
}

export type RevealRatingsRefusal = { readonly code: 'already-revealed' } | { readonly code: 'nothing-to-reveal' };

/** Shows all answers of a round at once, to everybody who reads them. */
export function revealRatings(
	round: { readonly revealedAt: Date | null; readonly answers: number },
	at: Date,
): Result<{ readonly revealedAt: Date }, RevealRatingsRefusal> {
	if (round.revealedAt) return refuse({ code: 'already-revealed' });
	return round.answers === 0 ? refuse({ code: 'nothing-to-reveal' }) : ok({ revealedAt: at });
}
