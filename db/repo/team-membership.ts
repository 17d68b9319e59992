import { and, eq, gte, isNull, lt, or } from 'drizzle-orm';
import type { PersonId, TeamId } from '../../domain/ids.ts';
import { addDays, type Day } from '../../domain/iso-week.ts';
import type { Executor } from '../client.ts';
import { organisation, person, team, teamMember } from '../schema/people.ts';
import { shownPerson, type ShownPersonRow } from './shown-person.ts';
import { runsOn } from './team.ts';

/**
 * Out of the team from a day on. A membership that would only have begun then never came to be, and is taken away: whoever
 * was made lead by mistake this morning must not lead until midnight. False when there was nothing to end.
 */
export async function leaveTeam(tx: Executor, teamId: TeamId, personId: PersonId, fromDay: Day): Promise<boolean> {
	const mine = and(eq(teamMember.teamId, teamId), eq(teamMember.personId, personId));
	const running = and(lt(teamMember.fromDay, fromDay), or(isNull(teamMember.untilDay), gte(teamMember.untilDay, fromDay)));
	const shortened = await tx
		.update(teamMember)
		.set({ untilDay: addDays(fromDay, -1) })
		.where(and(mine, running))
		.returning();
	const removed = await tx
		.delete(teamMember)
		.where(and(mine, gte(teamMember.fromDay, fromDay)))
		.returning();
	return shortened.length + removed.length > 0;
}

/** Who belongs to the team on a day. */
export async function membersOn(tx: Executor, teamId: TeamId, day: Day): Promise<readonly PersonId[]> {
	const rows = await tx
		.selectDistinct({ personId: teamMember.personId })
		.from(teamMember)
		.where(and(eq(teamMember.teamId, teamId), runsOn(day)))
		.orderBy(teamMember.personId);
	return rows.map((row) => row.personId as PersonId); // safe: written by us
}

/** Whether somebody belongs to the team on a day, as a lead or not. */
export async function isMemberOn(tx: Executor, teamId: TeamId, personId: PersonId, day: Day): Promise<boolean> {
	const running = and(eq(teamMember.teamId, teamId), eq(teamMember.personId, personId), runsOn(day));
	return (await tx.select({ teamId: teamMember.teamId }).from(teamMember).where(running).limit(1)).length > 0;
}

/** The teams somebody belongs to on a day, by name. */
export async function teamsOfMember(tx: Executor, personId: PersonId, day: Day): Promise<{ id: TeamId; name: string }[]> {
	const rows = await tx
		.selectDistinct({ id: team.id, name: team.name })
		.from(teamMember)
		.innerJoin(team, eq(team.id, teamMember.teamId))
		.where(and(eq(teamMember.personId, personId), runsOn(day)))
		.orderBy(team.name);
	return rows.map(({ id, name }) => ({ id: id as TeamId, name })); // safe: written by us
}

/** Members of the team on a day, as they are shown. */
export async function loadMembersOn(tx: Executor, teamId: TeamId, day: Day): Promise<ShownPersonRow[]> {
	const rows = await tx
		.selectDistinct(shownPerson)
		.from(teamMember)
		.innerJoin(person, eq(person.id, teamMember.personId))
		.innerJoin(organisation, eq(organisation.id, person.organisationId))
		.where(and(eq(teamMember.teamId, teamId), runsOn(day), isNull(person.endedAt)));
	return rows as ShownPersonRow[]; // safe: ids are ours
}
