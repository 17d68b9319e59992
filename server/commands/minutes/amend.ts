import { newId } from '../../../board/new-id.ts';
import { transaction } from '../../../db/client.ts';
import { findMinutes, insertMinutesAmendment } from '../../../db/repo/minutes.ts';
import type { CaseId, MeetingId, MinutesAmendmentId } from '../../../domain/ids.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import { MINUTES_AMENDMENT, sealText } from '../../log/sealed-text.ts';
import { type CommandContext, record } from '../context.ts';
import { writableCase, type WritingRefusal } from '../observation/observation.ts';

/** Danish: tillæg. What was recorded stays as it is; this stands under it, in its author's name. */
export async function handleAmendMinutes(
	ctx: CommandContext,
	meetingId: MeetingId,
	caseId: CaseId,
	text: string,
): Promise<Result<{ readonly amendmentId: MinutesAmendmentId }, WritingRefusal>> {
	return transaction(ctx.db, async (tx) => {
		const writable = await writableCase(ctx, tx, caseId, { kind: 'team' });
		if (!writable.ok) return refuse({ code: writable.error.code === 'forbidden' ? 'not-found' : writable.error.code });
		if (!(await findMinutes(tx, meetingId, caseId))) return refuse({ code: 'not-found' });

		const amendedAt = ctx.now();
		const id = newId<MinutesAmendmentId>(amendedAt.getTime());
		const key = await ctx.keys.open(tx, writable.value.dataKeyId);
		const sealedText = sealText(key, text, MINUTES_AMENDMENT, id);
		await insertMinutesAmendment(tx, { id, meetingId, caseId, authorId: ctx.signedIn.actor.personId, sealedText, amendedAt });
		await record(ctx, tx, caseId, { action: 'minutes.amend', subject: { caseId, meetingId, amendmentId: id } });
		return ok({ amendmentId: id });
	});
}
