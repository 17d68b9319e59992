import { z } from 'zod';
import { canBeGivenBack, giveBack } from '../../../board/edit/give-back.ts';
import { transaction } from '../../../db/client.ts';
import { loadReach } from '../../../db/repo/access.ts';
import { findDocument } from '../../../db/repo/document.ts';
import type { DocumentCompartment } from '../../../domain/compartments.ts';
import { idSchema, type CaseId, type DocumentId, type PlacementId } from '../../../domain/ids.ts';
import { mayRead, mayWrite } from '../../../domain/policy.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import { appendEdit } from '../../log/append-edit.ts';
import { documentAt } from '../../log/history.ts';
import { type CommandContext, record } from '../context.ts';

const LONGEST_FIELD = 200;

export const giveBackSchema = z.object({
	/** The placement whose document it stands in; the plan when absent. */
	placementId: idSchema<PlacementId>().optional(),
	field: z.string().min(1).max(LONGEST_FIELD),
	/** The sequence at which it still read as it should again. */
	seq: z.int().nonnegative(),
});
export type GiveBackInput = z.infer<typeof giveBackSchema>;

export type GiveBackRefusal = { readonly code: 'not-found' | 'case-closed' | 'not-to-give-back' };

/** A field says again what it once said, as a new edit of the caller. What was written since stays in the log. */
export async function handleGiveBack(
	ctx: CommandContext,
	caseId: CaseId,
	{ placementId, field, seq }: GiveBackInput,
): Promise<Result<{ readonly changed: boolean }, GiveBackRefusal>> {
	const at = ctx.now();
	const { actor, sessionId } = ctx.signedIn;
	const compartment: DocumentCompartment = placementId ? { kind: 'placement', placementId } : { kind: 'team' };
	const { kind } = compartment;
	const given = await transaction(ctx.db, async (tx): Promise<Result<Given, GiveBackRefusal>> => {
		const found = await loadReach(tx, actor, caseId, at);
		if (!found || !mayRead(actor, found.reach, compartment)) return refuse({ code: 'not-found' });
		if (!mayWrite(actor, found.facts, found.reach, compartment)) return refuse({ code: 'case-closed' });
		const document = await findDocument(tx, caseId, compartment);
		if (!document) return refuse({ code: 'not-found' });
		if (!canBeGivenBack(kind, field) || seq > document.seq) return refuse({ code: 'not-to-give-back' });

		const key = await ctx.keys.open(tx, document.dataKeyId);
		const then = await documentAt(tx, key, document.id, seq);
		const personId = actor.personId;
		const editor = { personId, at: at.toISOString(), origin: { source: 'field', personId } } as const;
		const changed = await appendEdit(tx, key, document, { personId, sessionId, at }, (now) =>
			giveBack(kind, now, editor, field, then),
		);
		then.destroy();
		if (changed === undefined) return refuse({ code: 'not-found' });
		await record(ctx, tx, caseId, { action: 'history.give-back', subject: { caseId, documentId: document.id, field } });
		return ok({ changed, documentId: document.id });
	});
	if (!given.ok) return given;
	const { changed, documentId } = given.value;
	if (changed) ctx.announce({ kind: 'board', caseId, compartment, writtenIn: documentId });
	return ok({ changed });
}

interface Given {
	readonly changed: boolean;
	readonly documentId: DocumentId;
}
