import { transaction } from '../../../db/client.ts';
import { insertAmendment } from '../../../db/repo/observation.ts';
import type { AmendmentId, ObservationId } from '../../../domain/ids.ts';
import { mayAmend } from '../../../domain/policy.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import { OBSERVATION_TEXT, sealText } from '../../log/sealed-text.ts';
import { type CommandContext, record } from '../context.ts';
import { type IdTaken, storeOnce } from '../sent-again.ts';
import { compartmentOf, writableObservation, type WritingRefusal, type WrittenWords } from './observation.ts';

/** The author's own later words, on top of the first ones, which stay as they were; sent again they stand there once. */
export async function handleAmendObservation(
	ctx: CommandContext,
	observationId: ObservationId,
	{ id: given, text }: WrittenWords,
): Promise<Result<{ readonly amendmentId: AmendmentId }, WritingRefusal | IdTaken>> {
	const id = given as AmendmentId; // safe: a UUID
	const amended = await transaction(ctx.db, async (tx) => {
		const found = await writableObservation(ctx, tx, observationId);
		if (!found.ok) return found;
		const { caseId, authorId, dataKeyId } = found.value;
		if (!mayAmend(ctx.signedIn.actor, authorId)) return refuse({ code: 'forbidden' });

		const key = await ctx.keys.open(tx, dataKeyId);
		const sealedText = sealText(key, text, OBSERVATION_TEXT.amendment, id);
		const amendment = { id, observationId, sealedText, amendedAt: ctx.now() };
		const stored = await storeOnce(tx, insertAmendment, amendment, { key, kind: OBSERVATION_TEXT.amendment });
		if (!stored.ok) return stored;
		const subject = { caseId, observationId, amendmentId: id };
		if (stored.value === 'stored') await record(ctx, tx, caseId, { action: 'observation.amend', subject });
		return ok({ caseId, compartment: compartmentOf(found.value) });
	});
	if (!amended.ok) return amended;
	ctx.announce({ kind: 'observations', observationId, ...amended.value });
	return ok({ amendmentId: id });
}
