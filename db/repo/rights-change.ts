import { asc, gt, sql } from 'drizzle-orm';
import type { CaseId, PersonId } from '../../domain/ids.ts';
import type { Executor } from '../client.ts';
import { rightsChange } from '../schema/cases.ts';

/** Null `caseId` means all cases of the person, null `personId` everybody on the case. */
export interface NewRightsChange {
	readonly caseId: CaseId | null;
	readonly personId: PersonId | null;
	readonly at: Date;
}

export interface RightsChange extends NewRightsChange {
	readonly id: number;
}

const RIGHTS_LOCK = 7_261_102;

/**
 * Written in the transaction that changes the rights. Such transactions commit one after the other, so that whoever
 * has read up to an id has seen every change before it.
 */
export async function insertRightsChange(tx: Executor, change: NewRightsChange): Promise<void> {
	await tx.execute(sql`select pg_advisory_xact_lock(${RIGHTS_LOCK})`);
	await tx.insert(rightsChange).values(change);
}

/** Oldest first. */
export async function rightsChangesAfter(tx: Executor, id: number): Promise<readonly RightsChange[]> {
	const rows = await tx.select().from(rightsChange).where(gt(rightsChange.id, id)).orderBy(asc(rightsChange.id));
	return rows.map((row) => ({ ...row, caseId: row.caseId as CaseId | null, personId: row.personId as PersonId | null }));
}

/** Where a process that starts now begins to read. */
export async function newestRightsChange(tx: Executor): Promise<number> {
	const [row] = await tx.select({ newest: sql<string>`coalesce(max(${rightsChange.id}), 0)` }).from(rightsChange);
	return Number(row?.newest ?? 0);
}
