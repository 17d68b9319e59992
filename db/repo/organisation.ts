import { and, asc, eq, inArray } from 'drizzle-orm';
import type { OrganisationId } from '../../domain/ids.ts';
import type { OfflineTextRule } from '../../domain/offline-text.ts';
import type { OrganisationKind } from '../../domain/people.ts';
import type { Executor } from '../client.ts';
import { organisation } from '../schema/people.ts';

export interface Organisation {
	readonly id: OrganisationId;
	/** The municipality whose board this is; equal to `id` for the municipality itself. */
	readonly hostId: OrganisationId;
	readonly name: string;
	readonly kind: OrganisationKind;
	/** Whether unsent words may lie, sealed, on its people's devices. */
	readonly offlineText: OfflineTextRule;
	readonly createdAt: Date;
}

/** A new one keeps offline text until somebody forbids it. */
export type NewOrganisation = Omit<Organisation, 'offlineText'>;

export async function insertOrganisation(tx: Executor, row: NewOrganisation): Promise<void> {
	await tx.insert(organisation).values(row);
}

export async function findOrganisation(tx: Executor, id: OrganisationId): Promise<Organisation | undefined> {
	const [row] = await tx.select().from(organisation).where(eq(organisation.id, id));
	return row && branded(row);
}

/** @returns undefined when the municipality has no such partner, and is not itself meant; else whether anything changed */
export async function saveOfflineTextRule(
	tx: Executor,
	{ id, hostId }: Pick<Organisation, 'id' | 'hostId'>,
	rule: OfflineTextRule,
): Promise<boolean | undefined> {
	const own = and(eq(organisation.id, id), eq(organisation.hostId, hostId));
	const [found] = await tx.select({ rule: organisation.offlineText }).from(organisation).where(own).for('update');
	if (!found || found.rule === rule) return found && false;
	await tx.update(organisation).set({ offlineText: rule }).where(own);
	return true;
}

/** True where none of these forbids it. */
export async function allKeepOfflineText(tx: Executor, ids: readonly OrganisationId[]): Promise<boolean> {
	const forbidding = and(inArray(organisation.id, [...ids]), eq(organisation.offlineText, 'forbidden'));
	const rows = await tx.select({ id: organisation.id }).from(organisation).where(forbidding).limit(1);
	return rows.length === 0;
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
