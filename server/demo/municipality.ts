import type { OrganisationId, TeamId } from '../../domain/ids.ts';
import { foundMunicipality } from '../commands/installation/found-municipality.ts';
import { handleCreateOrganisation } from '../commands/organisation/create.ts';
import { handleCreatePerson } from '../commands/person/create.ts';
import { handleAddMember } from '../commands/team/add-member.ts';
import { handleCreateTeam } from '../commands/team/create.ts';
import { addressOf, CAST, DEMO_PASSWORD, MUNICIPALITY, PARTNERS, TEAM_NAMES, type CastMember, type TeamKey } from './cast.ts';
import { done, type Role, type Stage } from './stage.ts';

export interface Municipality {
	readonly admin: Role;
	/** By account. */
	readonly people: ReadonlyMap<string, Role>;
	readonly teams: Readonly<Record<TeamKey, TeamId>>;
	readonly organisations: Map<string, OrganisationId>;
}

/** Half a year before the first citizen's story begins. */
const FOUNDED_DAYS_AGO = 280;

export async function foundDemoMunicipality(stage: Stage, passwordHash: string): Promise<Municipality> {
	const at = stage.daysAgo(FOUNDED_DAYS_AGO);
	const chief = CAST.find(({ profession }) => profession === 'admin')!;
	const administrator = { name: chief.name, email: addressOf(chief.account), passwordHash };
	const { organisationId, adminId } = done(await foundMunicipality(stage.db, { name: MUNICIPALITY, admin: administrator }, at));
	const admin: Role = {
		personId: adminId,
		name: chief.name,
		profession: 'admin',
		organisationId,
		hostId: organisationId,
		leads: [],
	};

	const organisations = new Map<string, OrganisationId>([[MUNICIPALITY, organisationId]]);
	for (const partner of PARTNERS)
		organisations.set(partner.name, done(await handleCreateOrganisation(stage.as(admin, at), partner)).organisationId);
	const teams = { west: await createTeam(stage, admin, 'west', at), east: await createTeam(stage, admin, 'east', at) };
	const people = new Map<string, Role>([[chief.account, admin]]);
	for (const member of CAST.filter(({ account }) => account !== chief.account)) {
		people.set(member.account, await employ(stage, admin, member, organisations.get(member.organisation)!, teams, at));
	}
	return { admin, people, teams, organisations };
}

async function createTeam(stage: Stage, admin: Role, team: TeamKey, at: Date): Promise<TeamId> {
	return done(await handleCreateTeam(stage.as(admin, at), { name: TEAM_NAMES[team] })).teamId;
}

async function employ(
	stage: Stage,
	admin: Role,
	member: CastMember,
	organisationId: OrganisationId,
	teams: Municipality['teams'],
	at: Date,
): Promise<Role> {
	const { account, name, profession, team } = member;
	const person = { organisationId, name, email: addressOf(account), profession, password: DEMO_PASSWORD };
	const { personId } = done(await handleCreatePerson(stage.as(admin, at), person));
	const isLead = profession === 'team-lead';
	if (team) done(await handleAddMember(stage.as(admin, at), teams[team], { personId, isLead }));
	return { personId, name, profession, organisationId, hostId: admin.hostId, leads: team && isLead ? [teams[team]] : [] };
}
