import { and, desc, eq, gt, isNotNull, sql } from 'drizzle-orm';
import type { ReadPurpose } from '../../domain/disclosure/access-basis.ts';
import type { CaseId, CitizenId, DataKeyId, PersonId, PlacementId, TeamId, TemplateVersionId } from '../../domain/ids.ts';
import type { Day } from '../../domain/iso-week.ts';
import type { Executor } from '../client.ts';
import { auditEntry } from '../schema/audit.ts';
import { caseAccess, citizen, citizenCase, coordinatorAssignment, placement, templateVersion } from '../schema/cases.ts';
import { organisation, person, team } from '../schema/people.ts';
import { among } from './among.ts';
import { shownPerson, type ShownPersonRow } from './shown-person.ts';

/** What stands at the head of a case; what is sealed stays sealed here. */
export interface CaseHeaderRow {
	readonly caseId: CaseId;
	readonly citizenId: CitizenId;
	readonly citizenKeyId: DataKeyId;
	readonly sealedName: Buffer;
	readonly sealedBirthDay: Buffer | null;
	readonly caseKeyId: DataKeyId;
	readonly templateVersionId: TemplateVersionId;
	readonly phase: string | null;
	readonly releaseDay: Day | null;
	readonly openedAt: Date;
	readonly closedAt: Date | null;
	readonly teamId: TeamId;
	readonly teamName: string;
}

export async function loadCaseHeaders(tx: Executor, caseIds: readonly CaseId[]): Promise<CaseHeaderRow[]> {
	const rows = await tx
		.select({
			caseId: citizenCase.id,
			citizenId: citizen.id,
			citizenKeyId: citizen.dataKeyId,
			sealedName: citizen.sealedName,
			sealedBirthDay: citizen.sealedBirthDay,
			caseKeyId: citizenCase.dataKeyId,
			templateVersionId: citizenCase.templateVersionId,
			phase: citizenCase.phase,
			releaseDay: citizenCase.releaseDay,
			openedAt: citizenCase.openedAt,
			closedAt: citizenCase.closedAt,
			teamId: team.id,
			teamName: team.name,
		})
		.from(citizenCase)
		.innerJoin(citizen, eq(citizen.id, citizenCase.citizenId))
		.innerJoin(team, eq(team.id, citizenCase.teamId))
		.where(among(citizenCase.id, caseIds));
	return rows as CaseHeaderRow[]; // safe: ids are ours
}

/** Contents as stored, to be parsed with domain/programme/template.ts. */
export async function loadTemplateContents(
	tx: Executor,
	ids: readonly TemplateVersionId[],
): Promise<Map<TemplateVersionId, unknown>> {
	const rows = await tx
		.select({ id: templateVersion.id, content: templateVersion.content })
		.from(templateVersion)
		.where(among(templateVersion.id, ids));
	return new Map(rows.map(({ id, content }) => [id as TemplateVersionId, content]));
}

export interface CoordinatorRow extends ShownPersonRow {
	readonly caseId: CaseId;
	readonly from: Day;
	/** The last day; null while it lasts. */
	readonly until: Day | null;
}

/** Every coordinator a case has had or is to have, newest first. */
export async function loadCoordinators(tx: Executor, caseIds: readonly CaseId[]): Promise<CoordinatorRow[]> {
	const rows = await tx
		.select({
			caseId: coordinatorAssignment.caseId,
			from: coordinatorAssignment.fromDay,
			until: coordinatorAssignment.untilDay,
			...shownPerson,
		})
		.from(coordinatorAssignment)
		.innerJoin(person, eq(person.id, coordinatorAssignment.personId))
		.innerJoin(organisation, eq(organisation.id, person.organisationId))
		.where(among(coordinatorAssignment.caseId, caseIds))
		.orderBy(desc(coordinatorAssignment.fromDay), desc(coordinatorAssignment.id));
	return rows as CoordinatorRow[]; // safe: ids are ours
}

export interface PlacementRow {
	readonly caseId: CaseId;
	readonly id: PlacementId;
	readonly company: string;
	readonly from: Day;
	readonly until: Day | null;
}

export async function loadPlacements(tx: Executor, caseIds: readonly CaseId[]): Promise<PlacementRow[]> {
	const rows = await tx
		.select({
			caseId: placement.caseId,
			id: placement.id,
			company: organisation.name,
			from: placement.fromDay,
			until: placement.untilDay,
		})
		.from(placement)
		.innerJoin(organisation, eq(organisation.id, placement.companyId))
		.where(among(placement.caseId, caseIds))
		.orderBy(placement.fromDay, placement.id);
	return rows as PlacementRow[]; // safe: ids are ours
}

/** When a person last opened the board of each case, as far as that was after an instant: the log grows for ever, a list does not read all of it. */
export async function loadLastOpenings(
	tx: Executor,
	personId: PersonId,
	caseIds: readonly CaseId[],
	since: Date,
): Promise<Map<CaseId, Date>> {
	const rows = await tx
		.select({ caseId: auditEntry.chainId, at: sql<string>`max(${auditEntry.at})` })
		.from(auditEntry)
		.where(
			and(
				eq(auditEntry.personId, personId),
				gt(auditEntry.at, since),
				eq(auditEntry.purpose, 'board'),
				among(auditEntry.chainId, caseIds),
			),
		)
		.groupBy(auditEntry.chainId);
	return new Map(rows.map((row) => [row.caseId as CaseId, new Date(row.at)]));
}

/** Has this session opened the case for this purpose since an instant? Then the opening is already in the log. */
export async function openedCompartments(
	tx: Executor,
	opening: { sessionId: string; personId: PersonId; caseId: CaseId; purpose: ReadPurpose },
	since: Date,
): Promise<Set<string>> {
	const rows = await tx
		.select({ compartments: auditEntry.compartments })
		.from(auditEntry)
		.where(
			and(
				eq(auditEntry.personId, opening.personId),
				eq(auditEntry.chainId, opening.caseId),
				eq(auditEntry.sessionId, opening.sessionId),
				eq(auditEntry.purpose, opening.purpose),
				gt(auditEntry.at, since),
				isNotNull(auditEntry.compartments),
			),
		);
	return new Set(rows.flatMap(({ compartments }) => compartments ?? []));
}

/** Everybody who was ever given access to the case. */
export async function loadOnceGranted(tx: Executor, caseId: CaseId): Promise<ShownPersonRow[]> {
	const rows = await tx
		.selectDistinct(shownPerson)
		.from(caseAccess)
		.innerJoin(person, eq(person.id, caseAccess.personId))
		.innerJoin(organisation, eq(organisation.id, person.organisationId))
		.where(eq(caseAccess.caseId, caseId));
	return rows as ShownPersonRow[]; // safe: ids are ours
}
