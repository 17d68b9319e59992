import { newId } from '../../../board/new-id.ts';
import { transaction, type Executor } from '../../../db/client.ts';
import { ensureRounds, lockRounds, type Rating, ratingsIn, saveRatings } from '../../../db/repo/rating.ts';
import type { CaseId, RatingId } from '../../../domain/ids.ts';
import { weekOf } from '../../../domain/iso-week.ts';
import { acceptRating, giveRating, type AcceptRatingRefusal } from '../../../domain/rating/rating.ts';
import { ok, type Result } from '../../../domain/result.ts';
import { sealRating } from '../../log/sealed-rating.ts';
import { type CommandContext, record } from '../context.ts';
import { rateableCase, subjectOf, type GivenRatingsInput, type RateableCase, type RatingCaseRefusal } from './rating.ts';

export type GiveRatingsFailure = RatingCaseRefusal | AcceptRatingRefusal | { readonly code: 'rating-revealed' };

/** Gives or changes one's own ratings of a week, or the citizen's: all of them or none. */
export async function handleGiveRatings(
	ctx: CommandContext,
	caseId: CaseId,
	input: GivenRatingsInput,
): Promise<Result<{ readonly givenAt: Date }, GiveRatingsFailure>> {
	const givenAt = ctx.now();
	const given = await transaction(ctx.db, async (tx): Promise<Result<readonly Rating[], GiveRatingsFailure>> => {
		const rateable = await rateableCase(ctx, tx, caseId);
		if (!rateable.ok) return rateable;
		const rated = await rate(ctx, tx, rateable.value, input, givenAt);
		if (!rated.ok) return rated;
		await saveRatings(tx, rated.value);
		const subject = { ...subjectOf(caseId, input.week, milestonesOf(input)), as: input.as };
		await record(ctx, tx, caseId, { action: 'rating.give', subject, compartments: ['team'] });
		return rated;
	});
	if (!given.ok) return given;
	ctx.announce({ kind: 'ratings', caseId });
	return ok({ givenAt });
}

async function rate(
	ctx: CommandContext,
	tx: Executor,
	{ template, facts: { caseId }, case: { dataKeyId } }: RateableCase,
	input: GivenRatingsInput,
	givenAt: Date,
): Promise<Result<readonly Rating[], GiveRatingsFailure>> {
	const { week } = input;
	const rateable = { milestones: template.milestones, scale: template.ratingScale.steps, currentWeek: weekOf(givenAt) };
	for (const { milestone, value } of input.ratings) {
		const accepted = acceptRating(rateable, { week, milestone, value });
		if (!accepted.ok) return accepted;
	}
	const rounds = { caseId, week, milestones: milestonesOf(input) };
	await ensureRounds(tx, rounds);
	const locked = await lockRounds(tx, rounds);
	const rater = raterOf(ctx, input);
	const before = (await ratingsIn(tx, rounds)).filter(({ personId }) => personId === rater.personId);
	const key = await ctx.keys.open(tx, dataKeyId);
	const ratings: Rating[] = [];
	for (const { milestone, value } of input.ratings) {
		const mine = before.find((each) => each.milestone === milestone);
		const revealedAt = locked.find((each) => each.milestone === milestone)!.revealedAt; // made above
		const given = giveRating({ revealedAt, before: mine });
		if (!given.ok) return given;
		const id = mine?.id ?? newId<RatingId>(givenAt.getTime());
		ratings.push({ id, caseId, week, milestone, ...rater, ...given.value, sealedValue: sealRating(key, value, id), givenAt });
	}
	return ok(ratings);
}

/** Whose answer it is, and who wrote it down. */
function raterOf(ctx: CommandContext, { as }: GivenRatingsInput): Pick<Rating, 'personId' | 'profession' | 'recordedBy'> {
	const { personId, profession } = ctx.signedIn.actor;
	return as === 'citizen'
		? { personId: null, profession: null, recordedBy: personId }
		: { personId, profession, recordedBy: personId };
}

function milestonesOf({ ratings }: GivenRatingsInput): string[] {
	return ratings.map(({ milestone }) => milestone);
}
