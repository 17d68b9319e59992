import { type Executor, transaction } from '../../../db/client.ts';
import { endCaseAccess, findCaseAccess } from '../../../db/repo/case-access.ts';
import { insertRightsChange } from '../../../db/repo/rights-change.ts';
import type { AccessId, CaseId, PersonId } from '../../../domain/ids.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import { managedCase } from '../case/managed-case.ts';
import { type CommandContext, record } from '../context.ts';

export type EndAccessFailure = { readonly code: 'forbidden' | 'not-found' | 'already-ended' };

/** At once, also in a closed case: what was given can always be taken back. */
export async function handleEndAccess(
	ctx: CommandContext,
	caseId: CaseId,
	accessId: AccessId,
): Promise<Result<{ readonly personId: PersonId }, EndAccessFailure>> {
	const result = await transaction(ctx.db, (tx) => end(ctx, tx, caseId, accessId));
	if (result.ok) {
		ctx.announce({ kind: 'access', caseId, personId: result.value.personId, accessId });
		ctx.announce({ kind: 'rights' });
	}
	return result;
}

async function end(
	ctx: CommandContext,
	tx: Executor,
	caseId: CaseId,
	accessId: AccessId,
): Promise<Result<{ readonly personId: PersonId }, EndAccessFailure>> {
	const managed = await managedCase(ctx, tx, caseId);
	if (!managed.ok) return managed;
	const access = await findCaseAccess(tx, accessId);
	if (access?.caseId !== caseId) return refuse({ code: 'not-found' });
	const at = ctx.now();
	const { personId } = access;
	if (!(await endCaseAccess(tx, accessId, ctx.signedIn.actor.personId, at))) return refuse({ code: 'already-ended' });
	await insertRightsChange(tx, { caseId, personId, at });
	await record(ctx, tx, caseId, { action: 'access.end', subject: { caseId, personId, accessId } });
	return ok({ personId });
}
