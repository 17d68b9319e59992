import { transaction } from '../../../db/client.ts';
import { insertRightsChange } from '../../../db/repo/rights-change.ts';
import { leaveTeam } from '../../../db/repo/team-membership.ts';
import { findTeam } from '../../../db/repo/team.ts';
import type { PersonId, TeamId } from '../../../domain/ids.ts';
import { dayOf } from '../../../domain/iso-week.ts';
import { mayAdminister } from '../../../domain/policy.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import { type CommandContext, record } from '../context.ts';

export type EndMemberFailure = { readonly code: 'forbidden' | 'not-found' | 'already-ended' };

/** At once: a lead who leaves the team loses its cases within the second. */
export async function handleEndMember(
	ctx: CommandContext,
	teamId: TeamId,
	personId: PersonId,
): Promise<Result<undefined, EndMemberFailure>> {
	const { actor, hostId } = ctx.signedIn;
	if (!mayAdminister(actor, hostId)) return refuse({ code: 'forbidden' });
	const at = ctx.now();
	const result = await transaction(ctx.db, async (tx): Promise<Result<undefined, EndMemberFailure>> => {
		const team = await findTeam(tx, teamId);
		if (team?.organisationId !== hostId) return refuse({ code: 'not-found' });
		if (!(await leaveTeam(tx, teamId, personId, dayOf(at)))) return refuse({ code: 'already-ended' });
		await insertRightsChange(tx, { caseId: null, personId, at });
		await record(ctx, tx, hostId, { action: 'team.end-member', subject: { teamId, personId } });
		return ok(undefined);
	});
	if (result.ok) ctx.announce({ kind: 'rights' });
	return result;
}
