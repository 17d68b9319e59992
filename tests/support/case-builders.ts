/** Rows to test with, made through the repositories. Nouns with an article; every field can be given. */
import { randomBytes } from 'node:crypto';
import { newId } from '../../board/new-id.ts';
import type { Executor } from '../../db/client.ts';
import { insertCaseAccess, type NewCaseAccess } from '../../db/repo/case-access.ts';
import { insertCase, type NewCase } from '../../db/repo/case.ts';
import { insertCitizen } from '../../db/repo/citizen.ts';
import { assignCoordinator } from '../../db/repo/coordinator.ts';
import { insertOrganisation, type Organisation } from '../../db/repo/organisation.ts';
import { insertPerson, type NewPerson } from '../../db/repo/person.ts';
import { insertPlacement, type NewPlacement } from '../../db/repo/placement.ts';
import { insertTeam, insertTeamMember, type Team, type TeamMember } from '../../db/repo/team.ts';
import { insertTemplateVersion } from '../../db/repo/template.ts';
import type {
	AccessId,
	AssignmentId,
	CaseId,
	CitizenId,
	OrganisationId,
	PersonId,
	PlacementId,
	TeamId,
	TemplateVersionId,
} from '../../domain/ids.ts';
import type { Day } from '../../domain/iso-week.ts';
import { type CaseKeys, createCaseKeys } from '../../server/log/case-keys.ts';
import { CITIZEN_TEXT, sealText } from '../../server/log/sealed-text.ts';

/** A Sunday in week 47. */
export const TODAY: Day = '2026-11-22';
export const NOON = new Date('2026-11-22T11:00:00Z');

/** Case keys under a master key of the test's own. */
export function someCaseKeys(): CaseKeys {
	return createCaseKeys(randomBytes(32));
}

let serial = 0;
const unique = (word: string) => `${word} ${++serial}`;

/** A municipality, unless a host is given. */
export async function anOrganisation(tx: Executor, given: Partial<Organisation> = {}): Promise<Organisation> {
	const id = given.id ?? newId<OrganisationId>();
	const row: Organisation = {
		id,
		hostId: id,
		name: unique('Organisation'),
		kind: given.hostId ? 'company' : 'municipality',
		offlineText: 'kept',
		createdAt: NOON,
		...given,
	};
	await insertOrganisation(tx, row);
	return row;
}

export async function aPerson(
	tx: Executor,
	given: Partial<NewPerson> & { readonly organisationId: OrganisationId },
): Promise<NewPerson> {
	const id = given.id ?? newId<PersonId>();
	const row: NewPerson = {
		id,
		name: unique('Person'),
		email: `${id}@tavle.example`,
		profession: 'teacher',
		createdAt: NOON,
		...given,
	};
	await insertPerson(tx, row);
	return row;
}

export async function aTeam(tx: Executor, given: Partial<Team> & { readonly organisationId: OrganisationId }): Promise<Team> {
	const row: Team = { id: newId<TeamId>(), name: unique('Team'), createdAt: NOON, ...given };
	await insertTeam(tx, row);
	return row;
}

/** Leads the team since 2020, unless told otherwise. */
export async function aTeamLead(
	tx: Executor,
	team: Team,
	given: Partial<NewPerson & Pick<TeamMember, 'fromDay' | 'untilDay'>> = {},
): Promise<NewPerson> {
	const { fromDay = '2020-01-01', untilDay = null, ...person } = given;
	const lead = await aPerson(tx, { organisationId: team.organisationId, profession: 'team-lead', ...person });
	await insertTeamMember(tx, { teamId: team.id, personId: lead.id, isLead: true, fromDay, untilDay });
	return lead;
}

export interface CitizenCaseOptions {
	readonly team: Team;
	readonly keys: CaseKeys;
	readonly name?: string;
	/** Ten digits. */
	readonly cpr?: string;
	readonly birthDay?: Day;
	readonly releaseDay?: Day;
	readonly openedAt?: Date;
	readonly templateContent?: unknown;
}

/** A citizen with one open case of the team; its documents come with `ensureDocuments`. */
export async function aCitizenCase(tx: Executor, options: CitizenCaseOptions): Promise<NewCase> {
	const { team, keys, openedAt = NOON, releaseDay = null } = options;
	const { organisationId } = team;
	const templateVersionId = await aTemplateVersion(tx, organisationId, options.templateContent ?? {});
	const row: NewCase = {
		id: newId<CaseId>(),
		organisationId,
		citizenId: await aCitizen(tx, options),
		teamId: team.id,
		templateVersionId,
		dataKeyId: await keys.create(tx, openedAt),
		phase: null,
		releaseDay,
		openedAt,
	};
	await insertCase(tx, row);
	return row;
}

async function aCitizen(tx: Executor, { team, keys, name, cpr, birthDay }: CitizenCaseOptions): Promise<CitizenId> {
	const id = newId<CitizenId>();
	const dataKeyId = await keys.create(tx, NOON);
	const key = await keys.open(tx, dataKeyId);
	await insertCitizen(tx, {
		id,
		organisationId: team.organisationId,
		dataKeyId,
		createdAt: NOON,
		sealedName: sealText(key, name ?? unique('Borger'), CITIZEN_TEXT.name, id),
		sealedBirthDay: birthDay ? sealText(key, birthDay, CITIZEN_TEXT.birthDay, id) : null,
		sealedCpr: cpr ? sealText(key, cpr, CITIZEN_TEXT.cpr, id) : null,
		cprIndex: cpr ? keys.cprIndex(team.organisationId, cpr) : null,
	});
	return id;
}

async function aTemplateVersion(tx: Executor, organisationId: OrganisationId, content: unknown): Promise<TemplateVersionId> {
	const id = newId<TemplateVersionId>();
	await insertTemplateVersion(tx, {
		id,
		organisationId,
		templateKey: unique('template'),
		version: 1,
		validFrom: '2020-01-01',
		validUntil: null,
		content,
		createdAt: NOON,
	});
	return id;
}

/** Runs through 2020 to 2099, unless told otherwise. */
export async function aGrant(
	tx: Executor,
	given: Partial<NewCaseAccess> & Pick<NewCaseAccess, 'caseId' | 'personId' | 'grantedBy'>,
): Promise<NewCaseAccess> {
	const row: NewCaseAccess = {
		id: newId<AccessId>(),
		placementId: null,
		addsClinical: false,
		addsJustice: false,
		basis: 'consent',
		fromDay: '2020-01-01',
		untilDay: '2099-12-31',
		grantedAt: NOON,
		...given,
	};
	await insertCaseAccess(tx, row);
	return row;
}

export async function aPlacement(
	tx: Executor,
	given: Partial<NewPlacement> & Pick<NewPlacement, 'caseId' | 'companyId'>,
): Promise<NewPlacement> {
	const row: NewPlacement = { id: newId<PlacementId>(), fromDay: '2026-10-01', untilDay: null, createdAt: NOON, ...given };
	await insertPlacement(tx, row);
	return row;
}

export async function aCoordinator(tx: Executor, caseId: CaseId, personId: PersonId, fromDay: Day = '2020-01-01'): Promise<void> {
	await assignCoordinator(tx, { id: newId<AssignmentId>(), caseId, personId, fromDay });
}

/** A municipality with a team, its lead, a teacher with access, and one case of the team with a coordinator. */
export async function aStaffedCase(tx: Executor, keys: CaseKeys, given: Partial<CitizenCaseOptions> = {}) {
	const municipality = await anOrganisation(tx);
	const team = await aTeam(tx, { organisationId: municipality.id });
	const lead = await aTeamLead(tx, team);
	const teacher = await aPerson(tx, { organisationId: municipality.id });
	const citizenCase = await aCitizenCase(tx, { team, keys, ...given });
	await aGrant(tx, { caseId: citizenCase.id, personId: teacher.id, grantedBy: lead.id });
	await aCoordinator(tx, citizenCase.id, teacher.id);
	return { municipality, team, lead, teacher, case: citizenCase };
}
