import { asc, eq } from 'drizzle-orm';
import type { OrganisationId, PersonId } from '../../domain/ids.ts';
import type { Profession } from '../../domain/people.ts';
import type { Executor } from '../client.ts';
import { organisation, person } from '../schema/people.ts';

export interface NewPerson {
	readonly id: PersonId;
	readonly organisationId: OrganisationId;
	readonly name: string;
	/** Lower case. */
	readonly email: string;
	readonly profession: Profession;
	readonly createdAt: Date;
}

export interface Person extends NewPerson {
	readonly endedAt: Date | null;
	readonly organisationName: string;
	/** The municipality whose board the person is on. */
	readonly hostId: OrganisationId;
	/** Works for a partner, not for the municipality itself. */
	readonly external: boolean;
}

export async function insertPerson(tx: Executor, row: NewPerson): Promise<void> {
	await tx.insert(person).values(row);
}

export async function findPerson(tx: Executor, id: PersonId): Promise<Person | undefined> {
	const [row] = await people(tx).where(eq(person.id, id));
	return row && branded(row);
}

/** @param email lower case */
export async function findPersonByEmail(tx: Executor, email: string): Promise<Person | undefined> {
	const [row] = await people(tx).where(eq(person.email, email));
	return row && branded(row);
}

/** Everybody of the municipality and its partners, by name; those who left too. */
export async function peopleOf(tx: Executor, hostId: OrganisationId): Promise<readonly Person[]> {
	const rows = await people(tx).where(eq(organisation.hostId, hostId)).orderBy(asc(person.name));
	return rows.map(branded);
}

function people(tx: Executor) {
	return tx
		.select({ person, organisation: { name: organisation.name, hostId: organisation.hostId } })
		.from(person)
		.innerJoin(organisation, eq(organisation.id, person.organisationId));
}

function branded(row: Awaited<ReturnType<typeof people>>[number]): Person {
	return {
		...row.person,
		id: row.person.id as PersonId, // safe: written by us
		organisationId: row.person.organisationId as OrganisationId,
		organisationName: row.organisation.name,
		hostId: row.organisation.hostId as OrganisationId,
		external: row.person.organisationId !== row.organisation.hostId,
	};
}
