import { newId } from '../../../board/new-id.ts';
import { insertOrganisation } from '../../../db/repo/organisation.ts';
import type { OrganisationId } from '../../../domain/ids.ts';
import { mayAdminister } from '../../../domain/policy.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import { type CommandContext, record, transactionUnlessTaken } from '../context.ts';
import type { NewOrganisationInput } from './organisation.ts';

export type CreateOrganisationFailure = { readonly code: 'forbidden' | 'name-taken' };

export async function handleCreateOrganisation(
	ctx: CommandContext,
	input: NewOrganisationInput,
): Promise<Result<{ readonly organisationId: OrganisationId }, CreateOrganisationFailure>> {
	const { actor, hostId } = ctx.signedIn;
	if (!mayAdminister(actor, hostId)) return refuse({ code: 'forbidden' });
	const at = ctx.now();
	const organisationId = newId<OrganisationId>(at.getTime());
	return transactionUnlessTaken(ctx, { organisation_name: 'name-taken' }, async (tx) => {
		await insertOrganisation(tx, { id: organisationId, hostId, name: input.name, kind: input.kind, createdAt: at });
		await record(ctx, tx, hostId, { action: 'organisation.create', subject: { organisationId, kind: input.kind } });
		return ok({ organisationId });
	});
}
