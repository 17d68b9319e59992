import { newId } from '../../../board/new-id.ts';
import { insertTeam } from '../../../db/repo/team.ts';
import type { TeamId } from '../../../domain/ids.ts';
import { mayAdminister } from '../../../domain/policy.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import { type CommandContext, record, transactionUnlessTaken } from '../context.ts';
import type { NewTeamInput } from './team.ts';

export type CreateTeamFailure = { readonly code: 'forbidden' | 'name-taken' };

export async function handleCreateTeam(
	ctx: CommandContext,
	input: NewTeamInput,
): Promise<Result<{ readonly teamId: TeamId }, CreateTeamFailure>> {
	const { actor, hostId } = ctx.signedIn;
	if (!mayAdminister(actor, hostId)) return refuse({ code: 'forbidden' });
	const at = ctx.now();
	const teamId = newId<TeamId>(at.getTime());
	return transactionUnlessTaken(ctx, { team_name: 'name-taken' }, async (tx) => {
		await insertTeam(tx, { id: teamId, organisationId: hostId, name: input.name, createdAt: at });
		await record(ctx, tx, hostId, { action: 'team.create', subject: { teamId } });
		return ok({ teamId });
	});
}
