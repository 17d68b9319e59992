import { sql } from 'drizzle-orm';
import type { PersonId } from '../../domain/ids.ts';
import type { Profession } from '../../domain/people.ts';
import { organisation, person } from '../schema/people.ts';

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
