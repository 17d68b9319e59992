import { asc, eq } from 'drizzle-orm';
import type { CaseId, OrganisationId, PlacementId } from '../../domain/ids.ts';
import type { Day } from '../../domain/iso-week.ts';
import type { Executor } from '../client.ts';
import { placement } from '../schema/cases.ts';
import { organisation } from '../schema/people.ts';

export interface NewPlacement {
	readonly id: PlacementId;
	readonly caseId: CaseId;
	readonly companyId: OrganisationId;
	readonly fromDay: Day;
	readonly untilDay: Day | null;
	readonly createdAt: Date;
}

export interface Placement extends NewPlacement {
	readonly companyName: string;
}

export async function insertPlacement(tx: Executor, row: NewPlacement): Promise<void> {
	await tx.insert(placement).values(row);
}

/** Oldest first. */
export async function placementsOf(tx: Executor, caseId: CaseId): Promise<readonly Placement[]> {
	const rows = await tx
		.select({ placement, companyName: organisation.name })
		.from(placement)
		.innerJoin(organisation, eq(organisation.id, placement.companyId))
		.where(eq(placement.caseId, caseId))
		.orderBy(asc(placement.fromDay), asc(placement.id));
	return rows.map((row) => ({
		...row.placement,
		id: row.placement.id as PlacementId, // safe: written by us
		caseId: row.placement.caseId as CaseId,
		companyId: row.placement.companyId as OrganisationId,
		companyName: row.companyName,
	}));
}
