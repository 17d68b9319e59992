import { eq, sql } from 'drizzle-orm';
import type { PersonId } from '../../domain/ids.ts';
import type { Profession } from '../../domain/people.ts';
import type { Executor } from '../client.ts';
import { organisation, person } from '../schema/people.ts';
import { among } from './among.ts';

/** Somebody as they are shown, also when they have nothing to do with a case any more. */
export interface ShownPersonRow {
	readonly personId: PersonId;
	readonly name: string;
	readonly profession: Profession;
	readonly organisationName: string;
	/** Works for somebody other than the municipality. */
	readonly external: boolean;
}

/** The columns of a {@link ShownPersonRow}, of `person` joined with `organisation`. */
export const shownPerson = {
	personId: person.id,
	name: person.name,
	profession: person.profession,
	organisationName: organisation.name,
	external: sql<boolean>`${organisation.id} <> ${organisation.hostId}`,
};

export async function loadShownPeople(tx: Executor, ids: readonly PersonId[]): Promise<ShownPersonRow[]> {
	if (ids.length === 0) return [];
	const rows = await tx
		.select(shownPerson)
		.from(person)
		.innerJoin(organisation, eq(organisation.id, person.organisationId))
		.where(among(person.id, ids));
	return rows as ShownPersonRow[]; // safe: ids are ours
}
