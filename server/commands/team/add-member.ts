import { type Executor, transaction } from '../../../db/client.ts';
import { findPerson } from '../../../db/repo/person.ts';
import { insertRightsChange } from '../../../db/repo/rights-change.ts';
import { findTeam, insertTeamMember, membersOf } from '../../../db/repo/team.ts';
import type { TeamId } from '../../../domain/ids.ts';
import { dayOf, type Day } from '../../../domain/iso-week.ts';
import { mayAdminister, mayLead } from '../../../domain/policy.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import { type CommandContext, record } from '../context.ts';
import type { NewMemberInput } from './team.ts';

export type AddMemberFailure = {
	readonly code: 'forbidden' | 'not-found' | 'person-ended' | 'already-member' | 'lead-not-for-profession';
};

/** From today. Being a member opens no case; leading the team opens all of them. */
export async function handleAddMember(
	ctx: CommandContext,
	teamId: TeamId,
	{ personId, isLead }: NewMemberInput,
): Promise<Result<{ readonly from: Day }, AddMemberFailure>> {
	const { actor, hostId } = ctx.signedIn;
	if (!mayAdminister(actor, hostId)) return refuse({ code: 'forbidden' });
	const at = ctx.now();
	const from = dayOf(at);
	const result = await transaction(ctx.db, async (tx): Promise<Result<{ readonly from: Day }, AddMemberFailure>> => {
		const [team, person] = [await findTeam(tx, teamId), await findPerson(tx, personId)];
		if (team?.organisationId !== hostId || person?.hostId !== hostId) return refuse({ code: 'not-found' });
		if (person.endedAt) return refuse({ code: 'person-ended' });
		if (isLead && !mayLead(person.profession)) return refuse({ code: 'lead-not-for-profession' });
		if (await isMember(tx, teamId, personId, from)) return refuse({ code: 'already-member' });
		await insertTeamMember(tx, { teamId, personId, isLead, fromDay: from, untilDay: null });
		await insertRightsChange(tx, { caseId: null, personId, at });
		await record(ctx, tx, hostId, { action: 'team.add-member', subject: { teamId, personId, as: isLead ? 'lead' : 'member' } });
		return ok({ from });
	});
	if (result.ok) ctx.announce({ kind: 'rights' });
	return result;
}

async function isMember(tx: Executor, teamId: TeamId, personId: string, today: Day): Promise<boolean> {
	const members = await membersOf(tx, teamId);
	return members.some((member) => member.personId === personId && (member.untilDay === null || member.untilDay >= today));
}
