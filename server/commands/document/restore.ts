import { z } from 'zod';
import { transaction } from '../../../db/client.ts';
import { loadReach } from '../../../db/repo/access.ts';
import { findDocument } from '../../../db/repo/document.ts';
import type { DocumentCompartment } from '../../../domain/compartments.ts';
import { idSchema, type CaseId, type DocumentId, type PlacementId } from '../../../domain/ids.ts';
import { mayRead, mayRestore } from '../../../domain/policy.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import { restoreDocument } from '../../log/restore.ts';
import { type CommandContext, record } from '../context.ts';

export const restoreSchema = z.object({
	/** The placement whose document it is; the plan when absent. */
	placementId: idSchema<PlacementId>().optional(),
	/** The last sequence that still counts. */
	seq: z.int().positive(),
});
export type RestoreInput = z.infer<typeof restoreSchema>;

export type RestoreRefusal = { readonly code: 'not-found' | 'forbidden' | 'case-closed' | 'not-to-restore' };

/**
 * A whole document goes back to what it was. What was written since stays in its history and nowhere else; everybody who has
 * it open starts over, and what they had not sent is kept for them.
 */
export async function handleRestore(
	ctx: CommandContext,
	caseId: CaseId,
	{ placementId, seq }: RestoreInput,
): Promise<Result<null, RestoreRefusal>> {
	const at = ctx.now();
	const { actor, sessionId } = ctx.signedIn;
	const compartment: DocumentCompartment = placementId ? { kind: 'placement', placementId } : { kind: 'team' };
	const restored = await transaction(ctx.db, async (tx): Promise<Result<DocumentId, RestoreRefusal>> => {
		const found = await loadReach(tx, actor, caseId, at);
		if (!found || !mayRead(actor, found.reach, compartment)) return refuse({ code: 'not-found' });
		if (found.facts.closed) return refuse({ code: 'case-closed' });
		if (!mayRestore(actor, found.facts, found.reach, compartment)) return refuse({ code: 'forbidden' });
		const document = await findDocument(tx, caseId, compartment);
		if (!document) return refuse({ code: 'not-found' });

		const key = await ctx.keys.open(tx, document.dataKeyId);
		const answer = await restoreDocument(tx, key, document, { personId: actor.personId, sessionId, at }, seq);
		if (answer !== 'restored') return refuse({ code: answer === 'gone' ? 'not-found' : 'not-to-restore' });
		const subject = { caseId, documentId: document.id, seq: String(seq) };
		await record(ctx, tx, caseId, { action: 'document.restore', subject });
		return ok(document.id);
	});
	if (!restored.ok) return restored;
	ctx.announce({ kind: 'board', caseId, compartment, writtenIn: restored.value });
	return ok(null);
}
