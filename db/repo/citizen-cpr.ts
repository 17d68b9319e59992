import { eq, isNotNull } from 'drizzle-orm';
import type { CitizenId, DataKeyId, OrganisationId } from '../../domain/ids.ts';
import type { Executor } from '../client.ts';
import { citizen } from '../schema/cases.ts';

/** A citizen whose CPR number is noted, sealed with their own key. */
export interface CprCitizen {
	readonly id: CitizenId;
	readonly organisationId: OrganisationId;
	readonly dataKeyId: DataKeyId;
	readonly sealedCpr: Buffer;
}

export async function eachCprCitizen(tx: Executor): Promise<readonly CprCitizen[]> {
	const { id, organisationId, dataKeyId, sealedCpr } = citizen;
	const rows = await tx.select({ id, organisationId, dataKeyId, sealedCpr }).from(citizen).where(isNotNull(sealedCpr));
	return rows as CprCitizen[]; // safe: ids are ours, and the number is there
}

export async function setCprIndex(tx: Executor, id: CitizenId, cprIndex: Buffer): Promise<void> {
	await tx.update(citizen).set({ cprIndex }).where(eq(citizen.id, id));
}
