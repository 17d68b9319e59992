import { and, asc, eq, isNull } from 'drizzle-orm';
import type { AccessBasis } from '../../domain/disclosure/access-basis.ts';
import type { AccessId, CaseId, PersonId, PlacementId } from '../../domain/ids.ts';
import type { Day } from '../../domain/iso-week.ts';
import type { Executor } from '../client.ts';
import { caseAccess } from '../schema/cases.ts';

/** Access of one person to one case; both days included. */
export interface NewCaseAccess {
	readonly id: AccessId;
	readonly caseId: CaseId;
	readonly personId: PersonId;
	readonly placementId: PlacementId | null;
	readonly addsClinical: boolean;
	readonly addsJustice: boolean;
	readonly basis: AccessBasis;
	readonly fromDay: Day;
	readonly untilDay: Day;
	readonly grantedBy: PersonId;
	readonly grantedAt: Date;
}

export interface CaseAccess extends NewCaseAccess {
	readonly endedAt: Date | null;
	readonly endedBy: PersonId | null;
}

export async function insertCaseAccess(tx: Executor, row: NewCaseAccess): Promise<void> {
	await tx.insert(caseAccess).values(row);
}

export async function findCaseAccess(tx: Executor, id: AccessId): Promise<CaseAccess | undefined> {
	const [row] = await tx.select().from(caseAccess).where(eq(caseAccess.id, id));
	return row && branded(row);
}

/** Every access ever given, oldest first. */
export async function accessesOf(tx: Executor, caseId: CaseId): Promise<readonly CaseAccess[]> {
	const rows = await tx.select().from(caseAccess).where(eq(caseAccess.caseId, caseId)).orderBy(asc(caseAccess.grantedAt));
	return rows.map(branded);
}

/** False when it had been ended already. */
export async function endCaseAccess(tx: Executor, id: AccessId, endedBy: PersonId, endedAt: Date): Promise<boolean> {
	const running = and(eq(caseAccess.id, id), isNull(caseAccess.endedAt));
	const ended = await tx.update(caseAccess).set({ endedAt, endedBy }).where(running).returning({ id: caseAccess.id });
	return ended.length > 0;
}

function branded(row: typeof caseAccess.$inferSelect): CaseAccess {
	return {
		...row,
		id: row.id as AccessId, // safe: written by us
		caseId: row.caseId as CaseId,
		personId: row.personId as PersonId,
		placementId: row.placementId as PlacementId | null,
		grantedBy: row.grantedBy as PersonId,
		endedBy: row.endedBy as PersonId | null,
	};
}
