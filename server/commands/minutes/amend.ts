import { transaction } from '../../../db/client.ts';
import { findMinutes, insertMinutesAmendment } from '../../../db/repo/minutes.ts';
import type { CaseId, MeetingId, MinutesAmendmentId } from '../../../domain/ids.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import { MINUTES_AMENDMENT, sealText } from '../../log/sealed-text.ts';
import { type CommandContext, record } from '../context.ts';
import { writableCase, type WritingRefusal, type WrittenWords } from '../observation/observation.ts';
import { type IdTaken, storeOnce } from '../sent-again.ts';

/** Danish: tillæg. What was recorded stays as it is; this stands under it, in its author's name, once however often it is sent. */
export async function handleAmendMinutes(
	ctx: CommandContext,
	meetingId: MeetingId,
	caseId: CaseId,
	{ id: given, text }: WrittenWords,
): Promise<Result<{ readonly amendmentId: MinutesAmendmentId }, WritingRefusal | IdTaken>> {
	const id = given as MinutesAmendmentId; // safe: a UUID
	return transaction(ctx.db, async (tx) => {
		const writable = await writableCase(ctx, tx, caseId, { kind: 'team' });
		if (!writable.ok) return refuse({ code: writable.error.code === 'forbidden' ? 'not-found' : writable.error.code });
		if (!(await findMinutes(tx, meetingId, caseId))) return refuse({ code: 'not-found' });

		const key = await ctx.keys.open(tx, writable.value.dataKeyId);
		const sealedText = sealText(key, text, MINUTES_AMENDMENT, id);
		const authorId = ctx.signedIn.actor.personId;
		const amendment = { id, meetingId, caseId, authorId, sealedText, amendedAt: ctx.now() };
		const stored = await storeOnce(tx, insertMinutesAmendment, amendment, { key, kind: MINUTES_AMENDMENT });
		if (!stored.ok) return stored;
		const subject = { caseId, meetingId, amendmentId: id };
		if (stored.value === 'stored') await record(ctx, tx, caseId, { action: 'minutes.amend', subject });
		return ok({ amendmentId: id });
	});
}
