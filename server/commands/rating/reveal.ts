import { transaction } from '../../../db/client.ts';
import { chairNow } from '../../../db/repo/meeting-chair.ts';
import { lockRounds, ratingsIn, saveRevealed } from '../../../db/repo/rating.ts';
import type { CaseId } from '../../../domain/ids.ts';
import { mayRevealRatings } from '../../../domain/policy.ts';
import { revealRatings, type RevealRatingsRefusal } from '../../../domain/rating/rating.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import { type CommandContext, record } from '../context.ts';
import { rateableCase, subjectOf, type RatingCaseRefusal, type RevealedRoundsInput } from './rating.ts';

type Revealed = Result<{ readonly revealedAt: Date }, RatingCaseRefusal | RevealRatingsRefusal>;

/** Shows everybody's answers about some milestones of one week at once; never hidden again. */
export async function handleRevealRatings(ctx: CommandContext, caseId: CaseId, input: RevealedRoundsInput): Promise<Revealed> {
	const { actor } = ctx.signedIn;
	const revealedAt = ctx.now();
	const result = await transaction(ctx.db, async (tx): Promise<Revealed> => {
		const rateable = await rateableCase(ctx, tx, caseId);
		if (!rateable.ok) return rateable;
		const chairId = await chairNow(tx, rateable.value.facts.teamId);
		if (!mayRevealRatings(actor, rateable.value, chairId)) return refuse({ code: 'forbidden' });

		const rounds = { caseId, ...input };
		const locked = await lockRounds(tx, rounds);
		const answers = await ratingsIn(tx, rounds);
		for (const milestone of input.milestones) {
			const shown = revealRatings(
				{
					revealedAt: locked.find((round) => round.milestone === milestone)?.revealedAt ?? null,
					answers: answers.filter((answer) => answer.milestone === milestone).length,
				},
				revealedAt,
			);
			if (!shown.ok) return shown;
		}
		await saveRevealed(tx, rounds, { revealedAt, revealedBy: actor.personId });
		const subject = subjectOf(caseId, input.week, input.milestones);
		await record(ctx, tx, caseId, { action: 'rating.reveal', subject, compartments: ['team'] });
		return ok({ revealedAt });
	});
	if (result.ok) ctx.announce({ kind: 'ratings', caseId });
	return result;
}
