import { z } from 'zod';
import { newId } from '../../../board/new-id.ts';
import { transaction, type Executor } from '../../../db/client.ts';
import { findCase } from '../../../db/repo/case.ts';
import { insertUnsentText } from '../../../db/repo/unsent-text.ts';
import { countUnsentTexts, hadStandingSince } from '../../../db/repo/unsent-text-read.ts';
import { idSchema, type CaseId, type UnsentTextId } from '../../../domain/ids.ts';
import { UNSENT_TEXT_MAX_LENGTH, UNSENT_TEXTS_MAX, unsentTextsKeptSince } from '../../../domain/observation/unsent-text.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import { sealText, UNSENT_TEXT } from '../../log/sealed-text.ts';
import { type CommandContext, record } from '../context.ts';

export const sealUnsentTextSchema = z.object({
	caseId: idSchema<CaseId>(),
	text: z
		.string()
		.max(UNSENT_TEXT_MAX_LENGTH)
		.refine((text) => text.trim() !== ''),
});
export type SealUnsentTextInput = z.infer<typeof sealUnsentTextSchema>;

export interface SealUnsentTextRefusal {
	readonly code: 'not-found' | 'too-many-unsent-texts';
}

/**
 * Keeps words whose author lost access before they were sent: nobody reads them, the author not before access is back.
 * Taken from whoever had something to do with the case lately; to anybody else the case does not exist.
 */
export async function handleSealUnsentText(
	ctx: CommandContext,
	input: SealUnsentTextInput,
): Promise<Result<{ readonly id: UnsentTextId }, SealUnsentTextRefusal>> {
	const { caseId } = input;
	const result = await transaction(ctx.db, (tx) => sealIn(ctx, tx, input));
	if (result.ok) ctx.announce({ kind: 'case', caseId });
	return result;
}

async function sealIn(
	ctx: CommandContext,
	tx: Executor,
	{ caseId, text }: SealUnsentTextInput,
): Promise<Result<{ readonly id: UnsentTextId }, SealUnsentTextRefusal>> {
	const authorId = ctx.signedIn.actor.personId;
	const sealedAt = ctx.now();
	const found = await findCase(tx, caseId);
	const since = unsentTextsKeptSince(sealedAt);
	if (!found || !(await hadStandingSince(tx, caseId, authorId, since))) return refuse({ code: 'not-found' });
	if ((await countUnsentTexts(tx, caseId, authorId)) >= UNSENT_TEXTS_MAX) return refuse({ code: 'too-many-unsent-texts' });

	const id = newId<UnsentTextId>(sealedAt.getTime());
	const sealed = sealText(await ctx.keys.open(tx, found.dataKeyId), text, UNSENT_TEXT, id);
	await insertUnsentText(tx, { id, caseId, authorId, length: text.length, sealed, sealedAt });
	await record(ctx, tx, caseId, { action: 'unsent-text.seal', subject: { caseId, unsentTextId: id } });
	return ok({ id });
}
