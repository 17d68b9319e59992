import type { Executor } from '../../../db/client.ts';
import { chairNow } from '../../../db/repo/meeting-chair.ts';
import { loadRatings, loadRounds, type Rating, type RatingRound } from '../../../db/repo/rating.ts';
import { loadShownPeople } from '../../../db/repo/shown-person.ts';
import type { PersonId } from '../../../domain/ids.ts';
import { addWeeks, weekOf, type IsoWeek } from '../../../domain/iso-week.ts';
import { mayRate, mayRevealRatings, maySeeRating } from '../../../domain/policy.ts';
import { median, SERIES_WEEKS } from '../../../domain/rating/series.ts';
import { unsealRating } from '../../log/sealed-rating.ts';
import type { OpenedCase } from './case-header.ts';
import { shownFromStanding, viewPerson } from './person-view.ts';
import type { RatingAnswer, RatingRoundView, RatingsView } from './ratings-view.ts';
import { readersOf, type CaseAudience, type Reader } from './reader.ts';
import { loadTemplate } from './template-contents.ts';

/** The milestones of a case as one reader of `team` may see them: twelve weeks, hidden answers without their values. */
export async function loadRatingsView(
	tx: Executor,
	audience: CaseAudience,
	{ row, caseKey }: OpenedCase,
	at: Date,
): Promise<RatingsView> {
	const { me } = audience;
	const { actor, facts, reach } = me;
	const week = weekOf(at);
	const weeks = Array.from({ length: SERIES_WEEKS }, (_, index) => addWeeks(week, index + 1 - SERIES_WEEKS));
	const since = weeks[0]!; // there are twelve
	const { milestones, ratingScale } = await loadTemplate(tx, row.templateVersionId);
	const rounds = await loadRounds(tx, row.caseId, since);
	const ratings = await loadRatings(tx, row.caseId, since);
	const roundsOf = (milestone: string) =>
		rounds
			.filter((round) => round.milestone === milestone)
			.map((round) => viewRound(me, round, ratingsOf(ratings, milestone, round.week), caseKey))
			.filter(({ answers }) => answers.length > 0);
	return {
		week,
		weeks,
		scale: ratingScale.steps,
		milestones: milestones.map(({ id, label }) => ({ id, label, rounds: roundsOf(id) })),
		people: await peopleIn(tx, audience, rounds, ratings),
		may: { rate: mayRate(facts, reach), reveal: mayRevealRatings(actor, me, await chairNow(tx, facts.teamId)) },
	};
}

function ratingsOf(ratings: readonly Rating[], milestone: string, week: IsoWeek): readonly Rating[] {
	return ratings.filter((rating) => rating.milestone === milestone && rating.week === week);
}

/** What is hidden from the reader is not even unsealed. */
function viewRound(me: Reader, round: RatingRound, ratings: readonly Rating[], caseKey: Buffer): RatingRoundView {
	const revealed = round.revealedAt !== null;
	const answers = ratings.map(({ id, sealedValue, givenAt, personId, profession, recordedBy, afterReveal }): RatingAnswer => {
		const shown = maySeeRating(me.actor, { recordedBy, revealed });
		return {
			personId,
			profession,
			recordedBy,
			afterReveal,
			givenAt: givenAt.toISOString(),
			value: shown ? unsealRating(caseKey, sealedValue, id) : null,
		};
	});
	const shownTo = (isCitizen: boolean) =>
		answers.flatMap(({ personId, value }) => (revealed && (personId === null) === isCitizen && value !== null ? [value] : []));
	return {
		week: round.week,
		revealedAt: round.revealedAt?.toISOString() ?? null,
		revealedBy: round.revealedBy,
		citizen: shownTo(true)[0] ?? null,
		professionals: median(shownTo(false)),
		answers,
	};
}

/** Who may answer, who has, and who showed: also those who have left since. */
async function peopleIn(
	tx: Executor,
	{ me, everybody }: CaseAudience,
	rounds: readonly RatingRound[],
	ratings: readonly Rating[],
): Promise<RatingsView['people']> {
	const here = new Map(
		readersOf(everybody, { kind: 'team' }).map((reader) => [reader.actor.personId, shownFromStanding(reader)]),
	);
	const named = new Set(
		[
			...rounds.map(({ revealedBy }) => revealedBy),
			...ratings.flatMap(({ personId, recordedBy }) => [personId, recordedBy]),
		].filter((id): id is PersonId => id !== null && !here.has(id)),
	);
	const rows = [...here.values(), ...(await loadShownPeople(tx, [...named]))];
	return rows
		.map((person) => ({ ...viewPerson(me.reach, person, me.actor.personId), mayAnswer: here.has(person.personId) }))
		.toSorted((a, b) => a.name.localeCompare(b.name, 'da'));
}
