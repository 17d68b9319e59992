import { type Executor, transaction } from '../../../db/client.ts';
import { loadReach } from '../../../db/repo/access.ts';
import { casesOfCitizen } from '../../../db/repo/case.ts';
import { findCitizen } from '../../../db/repo/citizen.ts';
import type { CaseId, CitizenId } from '../../../domain/ids.ts';
import { mayRevealCpr, maySeeCase } from '../../../domain/policy.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import { CITIZEN_TEXT, unsealText } from '../../log/sealed-text.ts';
import { type CommandContext, record } from '../context.ts';

export type RevealCprFailure = { readonly code: 'forbidden' | 'not-found' | 'no-cpr' };

/** The one way to see the number. An act, not a read: it is asked for, and it is on record before it is answered. */
export async function handleRevealCpr(
	ctx: CommandContext,
	citizenId: CitizenId,
): Promise<Result<{ readonly cpr: string }, RevealCprFailure>> {
	return transaction(ctx.db, async (tx) => {
		const allowed = await caseThatAllows(ctx, tx, citizenId);
		if (!allowed.ok) return allowed;
		const citizen = await findCitizen(tx, citizenId);
		if (!citizen?.sealedCpr) return refuse({ code: 'no-cpr' });
		const key = await ctx.keys.open(tx, citizen.dataKeyId);
		await record(ctx, tx, allowed.value, { action: 'cpr.reveal', subject: { caseId: allowed.value, citizenId } });
		return ok({ cpr: unsealText(key, citizen.sealedCpr, CITIZEN_TEXT.cpr, citizenId) });
	});
}

/** A number belongs to the citizen, the right to see it to a case: any of the citizen's cases will do. */
async function caseThatAllows(
	ctx: CommandContext,
	tx: Executor,
	citizenId: CitizenId,
): Promise<Result<CaseId, { readonly code: 'forbidden' | 'not-found' }>> {
	let seen = false;
	for (const { id } of await casesOfCitizen(tx, citizenId)) {
		const found = await loadReach(tx, ctx.signedIn.actor, id, ctx.now());
		if (found && mayRevealCpr(ctx.signedIn.actor, found.facts, found.standing, found.reach)) return ok(id);
		seen ||= found !== undefined && maySeeCase(found.reach);
	}
	return refuse({ code: seen ? 'forbidden' : 'not-found' });
}
