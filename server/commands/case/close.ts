import { transaction } from '../../../db/client.ts';
import { closeCase } from '../../../db/repo/case.ts';
import { insertRightsChange } from '../../../db/repo/rights-change.ts';
import type { CaseId } from '../../../domain/ids.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import { type CommandContext, record } from '../context.ts';
import { managedCase } from './managed-case.ts';

export type CloseCaseFailure = { readonly code: 'forbidden' | 'not-found' | 'case-closed' };

/** From now on the case is read and not written; open boards are told within the second. */
export async function handleCloseCase(
	ctx: CommandContext,
	caseId: CaseId,
): Promise<Result<{ readonly closedAt: Date }, CloseCaseFailure>> {
	const at = ctx.now();
	const result = await transaction(ctx.db, async (tx): Promise<Result<{ readonly closedAt: Date }, CloseCaseFailure>> => {
		const managed = await managedCase(ctx, tx, caseId);
		if (!managed.ok) return managed;
		if (!(await closeCase(tx, caseId, at))) return refuse({ code: 'case-closed' });
		await insertRightsChange(tx, { caseId, personId: null, at });
		await record(ctx, tx, caseId, { action: 'case.close', subject: { caseId } });
		return ok({ closedAt: at });
	});
	if (result.ok) {
		ctx.announce({ kind: 'case', caseId });
		ctx.announce({ kind: 'rights' });
	}
	return result;
}
