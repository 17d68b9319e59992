import { transaction } from '../../../db/client.ts';
import { insertComment } from '../../../db/repo/observation.ts';
import type { CommentId, ObservationId } from '../../../domain/ids.ts';
import { ok, type Result } from '../../../domain/result.ts';
import { OBSERVATION_TEXT, sealText } from '../../log/sealed-text.ts';
import { type CommandContext, record } from '../context.ts';
import { type IdTaken, storeOnce } from '../sent-again.ts';
import { compartmentOf, writableObservation, type WritingRefusal, type WrittenWords } from './observation.ts';

/** Somebody's words under an observation, for everybody who may read it; sent again they stand there once. */
export async function handleCommentObservation(
	ctx: CommandContext,
	observationId: ObservationId,
	{ id: given, text }: WrittenWords,
): Promise<Result<{ readonly commentId: CommentId }, WritingRefusal | IdTaken>> {
	const id = given as CommentId; // safe: a UUID
	const commented = await transaction(ctx.db, async (tx) => {
		const found = await writableObservation(ctx, tx, observationId);
		if (!found.ok) return found;

		const { caseId, dataKeyId } = found.value;
		const key = await ctx.keys.open(tx, dataKeyId);
		const sealedText = sealText(key, text, OBSERVATION_TEXT.comment, id);
		const comment = { id, observationId, authorId: ctx.signedIn.actor.personId, sealedText, commentedAt: ctx.now() };
		const stored = await storeOnce(tx, insertComment, comment, { key, kind: OBSERVATION_TEXT.comment });
		if (!stored.ok) return stored;
		const subject = { caseId, observationId, commentId: id };
		if (stored.value === 'stored') await record(ctx, tx, caseId, { action: 'observation.comment', subject });
		return ok({ caseId, compartment: compartmentOf(found.value) });
	});
	if (!commented.ok) return commented;
	ctx.announce({ kind: 'observations', observationId, ...commented.value });
	return ok({ commentId: id });
}
