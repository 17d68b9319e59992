import { asc, eq } from 'drizzle-orm';
import type { OrganisationId } from '../../domain/ids.ts';
import type { OrganisationKind } from '../../domain/people.ts';
import type { Executor } from '../client.ts';
import { organisation } from '../schema/people.ts';

export interface Organisation {
	readonly id: OrganisationId;
	/** The municipality whose board this is; equal to `id` for the municipality itself. */
	readonly hostId: OrganisationId;
	readonly name: string;
	readonly kind: OrganisationKind;
	readonly createdAt: Date;
}

export async function insertOrganisation(tx: Executor, row: Organisation): Promise<void> {
	await tx.insert(organisation).values(row);
}

export async function findOrganisation(tx: Executor, id: OrganisationId): Promise<Organisation | undefined> {
	const [row] = await tx.select().from(organisation).where(eq(organisation.id, id));
	return row && branded(row);
}

/** False in a database nobody has been let into yet. */
export async function anyOrganisation(tx: Executor): Promise<boolean> {
	const rows = await tx.select({ id: organisation.id }).from(organisation).limit(1);
	return rows.length > 0;
}

/** The municipality and its partners, by name. */
export async function organisationsOf(tx: Executor, hostId: OrganisationId): Promise<readonly Organisation[]> {
	const rows = await tx.select().from(organisation).where(eq(organisation.hostId, hostId)).orderBy(asc(organisation.name));
	return rows.map(branded);
}

function branded(row: typeof organisation.$inferSelect): Organisation {
	return { ...row, id: row.id as OrganisationId, hostId: row.hostId as OrganisationId }; // safe: written by us
}
