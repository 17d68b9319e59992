import { transaction } from '../../../db/client.ts';
import { loadReach } from '../../../db/repo/access.ts';
import { findUnsentText } from '../../../db/repo/unsent-text.ts';
import type { CaseId, UnsentTextId } from '../../../domain/ids.ts';
import { maySeeCase } from '../../../domain/policy.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import { unsealText, UNSENT_TEXT } from '../../log/sealed-text.ts';
import { type CommandContext, record } from '../context.ts';

export interface OpenedUnsentText {
	readonly id: UnsentTextId;
	readonly caseId: CaseId;
	readonly text: string;
	readonly sealedAt: Date;
}

/** For its author alone, and only while they may see the case. */
export async function handleOpenUnsentText(
	ctx: CommandContext,
	id: UnsentTextId,
): Promise<Result<OpenedUnsentText, { readonly code: 'not-found' }>> {
	return transaction(ctx.db, async (tx) => {
		const { actor } = ctx.signedIn;
		const unsent = await findUnsentText(tx, id, actor.personId);
		const found = unsent && (await loadReach(tx, actor, unsent.caseId, ctx.now()));
		if (!found || !maySeeCase(found.reach)) return refuse({ code: 'not-found' });

		const { caseId, sealed, sealedAt } = unsent;
		const text = unsealText(await ctx.keys.open(tx, found.case.dataKeyId), sealed, UNSENT_TEXT, id);
		await record(ctx, tx, caseId, { action: 'unsent-text.open', subject: { caseId, unsentTextId: id } });
		return ok({ id, caseId, text, sealedAt });
	});
}
