import { z } from 'zod';
import { transaction } from '../../../db/client.ts';
import { loadReach } from '../../../db/repo/access.ts';
import { findDocument } from '../../../db/repo/document.ts';
import { dismissMassDeletion } from '../../../db/repo/mass-deletion.ts';
import type { DocumentCompartment } from '../../../domain/compartments.ts';
import { idSchema, type CaseId, type PlacementId } from '../../../domain/ids.ts';
import { mayRead, mayRestore } from '../../../domain/policy.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import { type CommandContext, record } from '../context.ts';

export const dismissMassDeletionSchema = z.object({
	/** The placement whose document it is; the plan when absent. */
	placementId: idSchema<PlacementId>().optional(),
	seq: z.int().positive(),
});
export type DismissMassDeletionInput = z.infer<typeof dismissMassDeletionSchema>;

export type DismissMassDeletionRefusal = { readonly code: 'not-found' | 'forbidden' };

/** Whoever may take the document back has looked, and it was meant. It stays in the history. */
export async function handleDismissMassDeletion(
	ctx: CommandContext,
	caseId: CaseId,
	{ placementId, seq }: DismissMassDeletionInput,
): Promise<Result<null, DismissMassDeletionRefusal>> {
	const at = ctx.now();
	const { actor } = ctx.signedIn;
	const compartment: DocumentCompartment = placementId ? { kind: 'placement', placementId } : { kind: 'team' };
	return transaction(ctx.db, async (tx): Promise<Result<null, DismissMassDeletionRefusal>> => {
		const found = await loadReach(tx, actor, caseId, at);
		if (!found || !mayRead(actor, found.reach, compartment)) return refuse({ code: 'not-found' });
		if (!mayRestore(actor, found.facts, found.reach, compartment)) return refuse({ code: 'forbidden' });
		const document = await findDocument(tx, caseId, compartment);
		const dismissed = document && (await dismissMassDeletion(tx, document.id, seq, actor.personId, at));
		if (!dismissed) return refuse({ code: 'not-found' });
		const subject = { caseId, documentId: document.id, seq: String(seq) };
		await record(ctx, tx, caseId, { action: 'document.dismiss-mass-deletion', subject });
		return ok(null);
	});
}
