import { and, eq, gte, inArray, isNull, lte, or, sql } from 'drizzle-orm';
import type { OrganisationId, PersonId, TeamId } from '../../domain/ids.ts';
import type { Day } from '../../domain/iso-week.ts';
import type { Profession } from '../../domain/people.ts';
import type { Executor } from '../client.ts';
import { organisation, person, teamMember } from '../schema/people.ts';
import { authAccount, authSession, authUser } from '../schema/sign-in.ts';

/** Everything a request needs to know of who sent it, from one query. */
export interface SessionRow {
	readonly sessionId: string;
	readonly expiresAt: Date;
	readonly personId: PersonId;
	readonly name: string;
	readonly email: string;
	readonly profession: Profession;
	readonly organisationId: OrganisationId;
	readonly organisationName: string;
	/** The municipality whose board it is; equal to `organisationId` for its own staff. */
	readonly hostId: OrganisationId;
	readonly endedAt: Date | null;
	readonly leads: readonly TeamId[];
}

const leadsOn = (today: Day) =>
	and(
		eq(teamMember.personId, person.id),
		eq(teamMember.isLead, true),
		lte(teamMember.fromDay, today),
		or(isNull(teamMember.untilDay), gte(teamMember.untilDay, today)),
	);

const sessionColumns = {
	token: authSession.token,
	sessionId: authSession.id,
	expiresAt: authSession.expiresAt,
	personId: person.id,
	name: person.name,
	email: person.email,
	profession: person.profession,
	organisationId: person.organisationId,
	organisationName: organisation.name,
	hostId: organisation.hostId,
	endedAt: person.endedAt,
	teamId: teamMember.teamId,
};

/** By token. @param today the calendar day in Denmark: leading a team is dated */
export async function findSessions(
	tx: Executor,
	tokens: readonly string[],
	today: Day,
): Promise<ReadonlyMap<string, SessionRow>> {
	const rows = await tx
		.select(sessionColumns)
		.from(authSession)
		.innerJoin(person, sql`${person.id} = ${authSession.userId}::uuid`)
		.innerJoin(organisation, eq(organisation.id, person.organisationId))
		.leftJoin(teamMember, leadsOn(today))
		.where(sql`${authSession.token} = any(${sql.param(tokens)}::text[])`);
	const sessions = new Map<string, SessionRow>();
	for (const { token, teamId, ...row } of rows) {
		const leads = [...(sessions.get(token)?.leads ?? []), ...(teamId ? [teamId as TeamId] : [])];
		sessions.set(token, {
			...row,
			personId: row.personId as PersonId,
			organisationId: row.organisationId as OrganisationId,
			hostId: row.hostId as OrganisationId,
			leads,
		});
	}
	return sessions;
}

/** One that somebody else is changing, or ending, is left as it is. @returns the ids of those that were extended */
export async function extendSessions(
	tx: Executor,
	ids: readonly string[],
	expiresAt: Date,
	at: Date,
): Promise<ReadonlySet<string>> {
	const free = tx
		.select({ id: authSession.id })
		.from(authSession)
		.where(inArray(authSession.id, ids))
		.for('update', { skipLocked: true });
	const extended = await tx
		.update(authSession)
		.set({ expiresAt, updatedAt: at })
		.where(inArray(authSession.id, free))
		.returning({ id: authSession.id });
	return new Set(extended.map(({ id }) => id));
}

/** Has this person left, or never been here? */
export async function hasEnded(tx: Executor, personId: PersonId): Promise<boolean> {
	const rows = await tx.select({ endedAt: person.endedAt }).from(person).where(eq(person.id, personId));
	return rows[0]?.endedAt !== null;
}

export async function deleteSession(tx: Executor, sessionId: string): Promise<void> {
	await tx.delete(authSession).where(eq(authSession.id, sessionId));
}

export interface NewAccount {
	readonly personId: PersonId;
	readonly name: string;
	/** Lower case. */
	readonly email: string;
	readonly passwordHash: string;
	readonly at: Date;
}

/** The account's id is the person's id, so that nothing has to be looked up between the two. */
export async function insertAccount(tx: Executor, account: NewAccount): Promise<void> {
	const { personId, name, email, passwordHash, at } = account;
	await tx.insert(authUser).values({ id: personId, name, email, emailVerified: true, createdAt: at, updatedAt: at });
	await tx.insert(authAccount).values({
		id: personId,
		accountId: personId,
		providerId: 'credential',
		userId: personId,
		password: passwordHash,
		createdAt: at,
		updatedAt: at,
	});
}
