import { newId } from '../../../board/new-id.ts';
import { transaction } from '../../../db/client.ts';
import { insertAmendment } from '../../../db/repo/observation.ts';
import type { AmendmentId, ObservationId } from '../../../domain/ids.ts';
import { mayAmend } from '../../../domain/policy.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import { OBSERVATION_TEXT, sealText } from '../../log/sealed-text.ts';
import { type CommandContext, record } from '../context.ts';
import { compartmentOf, writableObservation, type WritingRefusal } from './observation.ts';

/** The author's own later words, on top of the first ones, which stay as they were. */
export async function handleAmendObservation(
	ctx: CommandContext,
	observationId: ObservationId,
	text: string,
): Promise<Result<{ readonly amendmentId: AmendmentId }, WritingRefusal>> {
	const amended = await transaction(ctx.db, async (tx) => {
		const found = await writableObservation(ctx, tx, observationId);
		if (!found.ok) return found;
		const { caseId, authorId, dataKeyId } = found.value;
		if (!mayAmend(ctx.signedIn.actor, authorId)) return refuse({ code: 'forbidden' });

		const amendedAt = ctx.now();
		const id = newId<AmendmentId>(amendedAt.getTime());
		const sealedText = sealText(await ctx.keys.open(tx, dataKeyId), text, OBSERVATION_TEXT.amendment, id);
		await insertAmendment(tx, { id, observationId, sealedText, amendedAt });
		await record(ctx, tx, caseId, { action: 'observation.amend', subject: { caseId, observationId, amendmentId: id } });
		return ok({ id, caseId, compartment: compartmentOf(found.value) });
	});
	if (!amended.ok) return amended;
	const { id, caseId, compartment } = amended.value;
	ctx.announce({ kind: 'observations', caseId, observationId, compartment });
	return ok({ amendmentId: id });
}
