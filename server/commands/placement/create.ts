import { newId } from '../../../board/new-id.ts';
import { type Executor, transaction } from '../../../db/client.ts';
import { loadReach } from '../../../db/repo/access.ts';
import { findOrganisation } from '../../../db/repo/organisation.ts';
import { insertPlacement } from '../../../db/repo/placement.ts';
import { insertRightsChange } from '../../../db/repo/rights-change.ts';
import type { CaseId, PlacementId } from '../../../domain/ids.ts';
import { mayCreatePlacement, maySeeCase } from '../../../domain/policy.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import { type CommandContext, record } from '../context.ts';
import type { NewPlacementInput } from './placement.ts';

export type CreatePlacementFailure = { readonly code: 'forbidden' | 'not-found' | 'case-closed' | 'not-a-company' };

/** Danish: virksomhedsforløb. Comes with a document of its own, which the company's mentor may be given access to. */
export async function handleCreatePlacement(
	ctx: CommandContext,
	caseId: CaseId,
	input: NewPlacementInput,
): Promise<Result<{ readonly placementId: PlacementId }, CreatePlacementFailure>> {
	const result = await transaction(ctx.db, (tx) => create(ctx, tx, caseId, input));
	if (result.ok) {
		ctx.announce({ kind: 'placement', caseId, placementId: result.value.placementId });
		ctx.announce({ kind: 'rights' });
	}
	return result;
}

async function create(
	ctx: CommandContext,
	tx: Executor,
	caseId: CaseId,
	{ companyId, fromDay, untilDay }: NewPlacementInput,
): Promise<Result<{ readonly placementId: PlacementId }, CreatePlacementFailure>> {
	const { actor } = ctx.signedIn;
	const at = ctx.now();
	const found = await loadReach(tx, actor, caseId, at);
	if (!found) return refuse({ code: 'not-found' });
	if (!mayCreatePlacement(actor, found.facts, found.reach))
		return refuse({ code: maySeeCase(found.reach) ? 'forbidden' : 'not-found' });
	if (found.facts.closed) return refuse({ code: 'case-closed' });
	const company = await findOrganisation(tx, companyId);
	if (company?.hostId !== found.facts.organisationId) return refuse({ code: 'not-found' });
	if (company.kind !== 'company') return refuse({ code: 'not-a-company' });

	const placementId = newId<PlacementId>(at.getTime());
	await insertPlacement(tx, { id: placementId, caseId, companyId, fromDay, untilDay, createdAt: at });
	await ctx.log.ensureDocuments(tx, caseId);
	await insertRightsChange(tx, { caseId, personId: null, at });
	await record(ctx, tx, caseId, { action: 'placement.create', subject: { caseId, placementId, companyId } });
	return ok({ placementId });
}
