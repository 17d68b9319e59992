import { and, eq, isNull } from 'drizzle-orm';
import type { CaseId, CitizenId, DataKeyId, OrganisationId, TeamId, TemplateVersionId } from '../../domain/ids.ts';
import type { Day } from '../../domain/iso-week.ts';
import type { Executor } from '../client.ts';
import { citizenCase } from '../schema/cases.ts';

export interface NewCase {
	readonly id: CaseId;
	readonly organisationId: OrganisationId;
	readonly citizenId: CitizenId;
	readonly teamId: TeamId;
	readonly templateVersionId: TemplateVersionId;
	readonly dataKeyId: DataKeyId;
	/** A phase id of the template version. */
	readonly phase: string | null;
	readonly releaseDay: Day | null;
	readonly openedAt: Date;
}

export interface CitizenCase extends NewCase {
	readonly closedAt: Date | null;
}

export async function insertCase(tx: Executor, row: NewCase): Promise<void> {
	await tx.insert(citizenCase).values(row);
}

/** An erased case is not found. */
export async function findCase(tx: Executor, id: CaseId): Promise<CitizenCase | undefined> {
	const [row] = await tx
		.select()
		.from(citizenCase)
		.where(and(eq(citizenCase.id, id), isNull(citizenCase.erasedAt)));
	return row && brandedCase(row);
}

export async function casesOfCitizen(tx: Executor, citizenId: CitizenId): Promise<readonly CitizenCase[]> {
	const theirs = and(eq(citizenCase.citizenId, citizenId), isNull(citizenCase.erasedAt));
	const rows = await tx.select().from(citizenCase).where(theirs).orderBy(citizenCase.openedAt);
	return rows.map(brandedCase);
}

/** For the administration: which cases there are, without a word of what is in them. */
export async function casesOfOrganisation(tx: Executor, organisationId: OrganisationId): Promise<readonly CitizenCase[]> {
	const rows = await tx
		.select()
		.from(citizenCase)
		.where(and(eq(citizenCase.organisationId, organisationId), isNull(citizenCase.erasedAt)))
		.orderBy(citizenCase.openedAt);
	return rows.map(brandedCase);
}

/** False when it was closed already. */
export async function closeCase(tx: Executor, id: CaseId, at: Date): Promise<boolean> {
	const open = and(eq(citizenCase.id, id), isNull(citizenCase.closedAt));
	const closed = await tx.update(citizenCase).set({ closedAt: at }).where(open).returning({ id: citizenCase.id });
	return closed.length > 0;
}

/** False when the case has been moved since it was read, or was closed. */
export async function saveCasePhase(tx: Executor, id: CaseId, before: string | null, phase: string): Promise<boolean> {
	const unmoved = and(
		eq(citizenCase.id, id),
		isNull(citizenCase.closedAt),
		before === null ? isNull(citizenCase.phase) : eq(citizenCase.phase, before),
	);
	const saved = await tx.update(citizenCase).set({ phase }).where(unmoved).returning({ id: citizenCase.id });
	return saved.length > 0;
}

function brandedCase(row: typeof citizenCase.$inferSelect): CitizenCase {
	return {
		...row,
		id: row.id as CaseId, // safe: written by us
		organisationId: row.organisationId as OrganisationId,
		citizenId: row.citizenId as CitizenId,
		teamId: row.teamId as TeamId,
		templateVersionId: row.templateVersionId as TemplateVersionId,
		dataKeyId: row.dataKeyId as DataKeyId,
	};
}
