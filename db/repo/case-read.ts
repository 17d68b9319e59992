import { and, desc, eq, gt, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import type { ReadPurpose } from '../../domain/disclosure/access-basis.ts';
import type { CaseId, CitizenId, DataKeyId, PersonId, PlacementId, TeamId, TemplateVersionId } from '../../domain/ids.ts';
import type { Day } from '../../domain/iso-week.ts';
import type { Executor } from '../client.ts';
import { auditEntry } from '../schema/audit.ts';
import { citizen, citizenCase, coordinatorAssignment, placement, templateVersion } from '../schema/cases.ts';
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
		.where(and(among(citizenCase.id, caseIds), isNull(citizenCase.erasedAt)));
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

/** A session, and who signed in with it. */
export interface SessionOf {
	readonly sessionId: string;
	readonly personId: PersonId;
}

/** What of these cases has this session opened for one of these purposes since an instant? That is in the log already. */
export async function openedCompartments(
	tx: Executor,
	{ sessionId, personId, ...opening }: SessionOf & { caseIds: readonly CaseId[]; purposes: readonly ReadPurpose[] },
	since: Date,
): Promise<ReadonlyMap<CaseId, ReadonlySet<string>>> {
	const opened = await openedBySessions(tx, { ...opening, sessions: [{ sessionId, personId }] }, since);
	return opened.get(sessionId) ?? new Map<CaseId, Set<string>>();
}

/** {@link openedCompartments} of many sessions at once. */
export async function openedBySessions(
	tx: Executor,
	opening: { sessions: readonly SessionOf[]; caseIds: readonly CaseId[]; purposes: readonly ReadPurpose[] },
	since: Date,
): Promise<ReadonlyMap<string, ReadonlyMap<CaseId, ReadonlySet<string>>>> {
	const rows = await tx
		.select({ sessionId: auditEntry.sessionId, caseId: auditEntry.chainId, compartments: auditEntry.compartments })
		.from(auditEntry)
		.where(
			and(
				among(
					auditEntry.personId,
					opening.sessions.map(({ personId }) => personId),
				),
				among(auditEntry.chainId, opening.caseIds),
				inArray(
					auditEntry.sessionId,
					opening.sessions.map(({ sessionId }) => sessionId),
				),
				inArray(auditEntry.purpose, [...opening.purposes]),
				gt(auditEntry.at, since),
				isNotNull(auditEntry.compartments),
			),
		);
	const opened = new Map<string, Map<CaseId, Set<string>>>();
	for (const { sessionId, caseId, compartments } of rows) {
		const cases = opened.get(sessionId!) ?? new Map<CaseId, Set<string>>(); // asked for by these ids
		const id = caseId as CaseId; // safe: asked for by these ids
		cases.set(id, new Set([...(cases.get(id) ?? []), ...(compartments ?? [])]));
		opened.set(sessionId!, cases);
	}
	return opened;
}

/** Accesses whose last day comes between two days and that nothing follows; an ended one is not ending. */
export async function loadEndingAccesses(
	tx: Executor,
	caseIds: readonly CaseId[],
	{ from, until }: { readonly from: Day; readonly until: Day },
): Promise<{ readonly caseId: CaseId; readonly day: Day }[]> {
	const { rows } = await tx.execute<{ case_id: CaseId; day: Day }>(sql`
		select case_id, max(until_day)::text as day
		from case_access
		where case_id = any(${sql.param(caseIds)}::uuid[]) and ended_at is null
		group by case_id, person_id
		having max(until_day) between ${from} and ${until}`);
	return rows.map(({ case_id: caseId, day }) => ({ caseId, day }));
}
