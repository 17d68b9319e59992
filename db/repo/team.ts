import { and, asc, eq, gte, isNull, lte, or } from 'drizzle-orm';
import type { OrganisationId, PersonId, TeamId } from '../../domain/ids.ts';
import type { Day } from '../../domain/iso-week.ts';
import type { Executor } from '../client.ts';
import { team, teamMember } from '../schema/people.ts';

export interface Team {
	readonly id: TeamId;
	readonly organisationId: OrganisationId;
	readonly name: string;
	readonly createdAt: Date;
}

/** Who meets each week, and from when until when (the last day included). */
export interface TeamMember {
	readonly teamId: TeamId;
	readonly personId: PersonId;
	readonly isLead: boolean;
	readonly fromDay: Day;
	readonly untilDay: Day | null;
}

export async function insertTeam(tx: Executor, row: Team): Promise<void> {
	await tx.insert(team).values(row);
}

export async function findTeam(tx: Executor, id: TeamId): Promise<Team | undefined> {
	const [row] = await tx.select().from(team).where(eq(team.id, id));
	return row && brandedTeam(row);
}

/** Keeps others from planning for the team until the transaction ends. */
export async function lockTeam(tx: Executor, id: TeamId): Promise<Team | undefined> {
	const [row] = await tx.select().from(team).where(eq(team.id, id)).for('update');
	return row && brandedTeam(row);
}

export async function teamsOf(tx: Executor, organisationId: OrganisationId): Promise<readonly Team[]> {
	const rows = await tx.select().from(team).where(eq(team.organisationId, organisationId)).orderBy(asc(team.name));
	return rows.map(brandedTeam);
}

export async function insertTeamMember(tx: Executor, row: TeamMember): Promise<void> {
	await tx.insert(teamMember).values(row);
}

/** Everybody who ever was in the team, oldest first. */
export async function membersOf(tx: Executor, teamId: TeamId): Promise<readonly TeamMember[]> {
	const rows = await tx.select().from(teamMember).where(eq(teamMember.teamId, teamId)).orderBy(asc(teamMember.fromDay));
	return rows.map((row) => ({ ...row, teamId: row.teamId as TeamId, personId: row.personId as PersonId }));
}

/** Teams a person leads on a day. */
export async function leadsOf(tx: Executor, personId: PersonId, today: Day): Promise<readonly TeamId[]> {
	const leading = and(eq(teamMember.personId, personId), eq(teamMember.isLead, true), runsOn(today));
	const rows = await tx.select({ teamId: teamMember.teamId }).from(teamMember).where(leading);
	return rows.map((row) => row.teamId as TeamId);
}

/** The membership counts on this day. */
export function runsOn(day: Day) {
	return and(lte(teamMember.fromDay, day), or(isNull(teamMember.untilDay), gte(teamMember.untilDay, day)));
}

function brandedTeam(row: typeof team.$inferSelect): Team {
	return { ...row, id: row.id as TeamId, organisationId: row.organisationId as OrganisationId }; // safe: written by us
}
