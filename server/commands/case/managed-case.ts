import type { Executor } from '../../../db/client.ts';
import { loadReach } from '../../../db/repo/access.ts';
import type { CaseId } from '../../../domain/ids.ts';
import { type CaseFacts, mayManageAccess, maySeeCase } from '../../../domain/policy.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import type { CommandContext } from '../context.ts';

/** The case, if the caller manages it. Who may not even see it is told that it does not exist. */
export async function managedCase(
	ctx: CommandContext,
	tx: Executor,
	caseId: CaseId,
): Promise<Result<CaseFacts, { readonly code: 'forbidden' | 'not-found' }>> {
	const found = await loadReach(tx, ctx.signedIn.actor, caseId, ctx.now());
	if (!found) return refuse({ code: 'not-found' });
	if (mayManageAccess(ctx.signedIn.actor, found.facts)) return ok(found.facts);
	return refuse({ code: maySeeCase(found.reach) ? 'forbidden' : 'not-found' });
}
