import { desc, eq } from 'drizzle-orm';
import type { CitizenId, DataKeyId, OrganisationId } from '../../domain/ids.ts';
import type { Executor } from '../client.ts';
import { citizen } from '../schema/cases.ts';

/** A citizen at rest. Sealed with the key `dataKeyId`; open with server/log/seal.ts. */
export interface SealedCitizen {
	readonly id: CitizenId;
	readonly organisationId: OrganisationId;
	readonly dataKeyId: DataKeyId;
	readonly sealedName: Buffer;
	readonly sealedBirthDay: Buffer | null;
	readonly sealedCpr: Buffer | null;
	/** From `CaseKeys.cprIndex`; the same number twice in one municipality is refused by the database. */
	readonly cprIndex: Buffer | null;
	readonly createdAt: Date;
}

export async function insertCitizen(tx: Executor, row: SealedCitizen): Promise<void> {
	await tx.insert(citizen).values(row);
}

export async function findCitizen(tx: Executor, id: CitizenId): Promise<SealedCitizen | undefined> {
	const [row] = await tx.select().from(citizen).where(eq(citizen.id, id));
	return row && branded(row);
}

/** Newest first; names are sealed, so nobody can sort by them here. */
export async function citizensOf(tx: Executor, organisationId: OrganisationId): Promise<readonly SealedCitizen[]> {
	const rows = await tx.select().from(citizen).where(eq(citizen.organisationId, organisationId)).orderBy(desc(citizen.createdAt));
	return rows.map(branded);
}

function branded(row: typeof citizen.$inferSelect): SealedCitizen {
	return {
		...row,
		id: row.id as CitizenId, // safe: written by us
		organisationId: row.organisationId as OrganisationId,
		dataKeyId: row.dataKeyId as DataKeyId,
	};
}
