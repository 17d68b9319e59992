import { newId } from '../../../board/new-id.ts';
import { transaction } from '../../../db/client.ts';
import { insertComment } from '../../../db/repo/observation.ts';
import type { CommentId, ObservationId } from '../../../domain/ids.ts';
import { ok, type Result } from '../../../domain/result.ts';
import { OBSERVATION_TEXT, sealText } from '../../log/sealed-text.ts';
import { type CommandContext, record } from '../context.ts';
import { compartmentOf, writableObservation, type WritingRefusal } from './observation.ts';

/** Somebody's words under an observation, for everybody who may read it. */
export async function handleCommentObservation(
	ctx: CommandContext,
	observationId: ObservationId,
	text: string,
): Promise<Result<{ readonly commentId: CommentId }, WritingRefusal>> {
	const commented = await transaction(ctx.db, async (tx) => {
		const found = await writableObservation(ctx, tx, observationId);
		if (!found.ok) return found;

		const { caseId, dataKeyId } = found.value;
		const commentedAt = ctx.now();
		const id = newId<CommentId>(commentedAt.getTime());
		const sealedText = sealText(await ctx.keys.open(tx, dataKeyId), text, OBSERVATION_TEXT.comment, id);
		await insertComment(tx, { id, observationId, authorId: ctx.signedIn.actor.personId, sealedText, commentedAt });
		await record(ctx, tx, caseId, { action: 'observation.comment', subject: { caseId, observationId, commentId: id } });
		return ok({ id, caseId, compartment: compartmentOf(found.value) });
	});
	if (!commented.ok) return commented;
	const { id, caseId, compartment } = commented.value;
	ctx.announce({ kind: 'observations', caseId, observationId, compartment });
	return ok({ commentId: id });
}
