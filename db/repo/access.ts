/**
 * Who has anything to do with a case at an instant. Grants and assignments are dated in days of Copenhagen, the last
 * day included; a grant ended by hand ends at once. What standing opens is decided by domain/policy.ts alone.
 */
import { and, eq, gt, gte, inArray, isNull, lte, or } from 'drizzle-orm';
import type { CaseId, OrganisationId, PersonId, PlacementId, TeamId } from '../../domain/ids.ts';
import { type Day, dayOf } from '../../domain/iso-week.ts';
import { type Actor, type CaseFacts, type CaseStanding, type Reach, reachOf, type ValidGrant } from '../../domain/policy.ts';
import type { Executor } from '../client.ts';
import { caseAccess, citizenCase, coordinatorAssignment, placement } from '../schema/cases.ts';
import { organisation, person, teamMember } from '../schema/people.ts';
import { brandedCase, type CitizenCase } from './case.ts';
import { runsOn } from './team.ts';

export interface Standing {
	readonly case: CitizenCase;
	readonly facts: CaseFacts;
	readonly standing: CaseStanding;
}

/** What one person has to do with one case. Undefined when there is no such case. */
export async function loadStanding(tx: Executor, caseId: CaseId, personId: PersonId, at: Date): Promise<Standing | undefined> {
	const [found] = await standingsOf(tx, [caseId], personId, at);
	return found;
}

/** {@link loadStanding} and what the policy makes of it. */
export async function loadReach(
	tx: Executor, actor: Actor, caseId: CaseId, at: Date,
): Promise<(Standing & { readonly reach: Reach }) | undefined> {
	const found = await loadStanding(tx, caseId, actor.personId, at);
	return found && { ...found, reach: reachOf(actor, found.facts, found.standing) };
}

/** Every case the person has a grant to, coordinates or leads today, open ones and closed ones. */
export async function casesWithStanding(tx: Executor, personId: PersonId, at: Date): Promise<readonly Standing[]> {
	const day = dayOf(at);
	const granted = tx.select({ id: caseAccess.caseId }).from(caseAccess).where(and(eq(caseAccess.personId, personId), isValid(at)));
	const coordinated = tx
		.select({ id: coordinatorAssignment.caseId })
		.from(coordinatorAssignment)
		.where(and(eq(coordinatorAssignment.personId, personId), isAssignedOn(day)));
	const led = tx
		.select({ id: citizenCase.id })
		.from(citizenCase)
		.innerJoin(teamMember, eq(teamMember.teamId, citizenCase.teamId))
		.where(and(eq(teamMember.personId, personId), eq(teamMember.isLead, true), runsOn(day)));
	const rows = await granted.union(coordinated).union(led);
	return standingsOf(tx, rows.map((row) => row.id as CaseId), personId, at);
}

async function standingsOf(
	tx: Executor, caseIds: readonly CaseId[], personId: PersonId, at: Date,
): Promise<readonly Standing[]> {
	if (caseIds.length === 0) return [];
	const ids = [...caseIds];
	const cases = await tx.select().from(citizenCase).where(inArray(citizenCase.id, ids)).orderBy(citizenCase.openedAt);
	const placements = await tx.select().from(placement).where(inArray(placement.caseId, ids)).orderBy(placement.id);
	const mine = and(inArray(caseAccess.caseId, ids), eq(caseAccess.personId, personId), isValid(at));
	const grants = await tx.select().from(caseAccess).where(mine);
	const assigned = and(
		inArray(coordinatorAssignment.caseId, ids), eq(coordinatorAssignment.personId, personId), isAssignedOn(dayOf(at)),
	);
	const coordinated = await tx.select({ caseId: coordinatorAssignment.caseId }).from(coordinatorAssignment).where(assigned);
	return cases.map((row) => ({
		case: brandedCase(row),
		facts: factsOf(row, placements),
		standing: {
			grants: grants.filter((grant) => grant.caseId === row.id).map(validGrant),
			isCoordinator: coordinated.some((each) => each.caseId === row.id),
		},
	}));
}

/** Somebody with standing in a case, and what the policy needs to know of them. */
export interface Reader {
	readonly actor: Actor;
	readonly name: string;
	readonly organisationName: string;
	/** Works for a partner, not for the municipality itself. */
	readonly external: boolean;
	readonly standing: CaseStanding;
}

/** Everybody with standing in a case at an instant, by name; ask the policy what each of them may read. */
export async function readersOf(tx: Executor, caseId: CaseId, at: Date): Promise<readonly Reader[]> {
	const day = dayOf(at);
	const [found] = await tx.select({ teamId: citizenCase.teamId }).from(citizenCase).where(eq(citizenCase.id, caseId));
	if (!found) return [];
	const grants = await tx.select().from(caseAccess).where(and(eq(caseAccess.caseId, caseId), isValid(at)));
	const assigned = and(eq(coordinatorAssignment.caseId, caseId), isAssignedOn(day));
	const coordinators = await tx.select({ personId: coordinatorAssignment.personId }).from(coordinatorAssignment).where(assigned);
	const leading = and(eq(teamMember.teamId, found.teamId), eq(teamMember.isLead, true), runsOn(day));
	const leads = await tx.select({ personId: teamMember.personId }).from(teamMember).where(leading);
	const isAmong = (rows: readonly { personId: string }[], id: string) => rows.some((row) => row.personId === id);
	const people = await namedPeople(tx, [...grants, ...coordinators, ...leads].map((row) => row.personId));
	return people.map((row) => ({
		actor: {
			personId: row.id as PersonId, // safe: written by us
			profession: row.profession,
			organisationId: row.organisationId as OrganisationId,
			leads: isAmong(leads, row.id) ? [found.teamId as TeamId] : [],
		},
		name: row.name,
		organisationName: row.organisationName,
		external: row.organisationId !== row.hostId,
		standing: {
			grants: grants.filter((grant) => grant.personId === row.id).map(validGrant),
			isCoordinator: isAmong(coordinators, row.id),
		},
	}));
}

/** Those who left are nobody's readers. */
async function namedPeople(tx: Executor, ids: readonly string[]) {
	if (ids.length === 0) return [];
	return tx
		.select({
			id: person.id, name: person.name, profession: person.profession, organisationId: person.organisationId,
			organisationName: organisation.name, hostId: organisation.hostId,
		})
		.from(person)
		.innerJoin(organisation, eq(organisation.id, person.organisationId))
		.where(and(inArray(person.id, [...new Set(ids)]), isNull(person.endedAt)))
		.orderBy(person.name);
}

function isValid(at: Date) {
	const day = dayOf(at);
	const notEnded = or(isNull(caseAccess.endedAt), gt(caseAccess.endedAt, at));
	return and(lte(caseAccess.fromDay, day), gte(caseAccess.untilDay, day), notEnded);
}

function isAssignedOn(day: Day) {
	const { fromDay, untilDay } = coordinatorAssignment;
	return and(lte(fromDay, day), or(isNull(untilDay), gte(untilDay, day)));
}

function validGrant(row: typeof caseAccess.$inferSelect): ValidGrant {
	const adds = [...(row.addsClinical ? (['clinical'] as const) : []), ...(row.addsJustice ? (['justice'] as const) : [])];
	return { placementId: row.placementId as PlacementId | null, adds };
}

function factsOf(row: typeof citizenCase.$inferSelect, placements: readonly (typeof placement.$inferSelect)[]): CaseFacts {
	return {
		caseId: row.id as CaseId, // safe: written by us
		teamId: row.teamId as TeamId,
		organisationId: row.organisationId as OrganisationId,
		closed: row.closedAt !== null,
		placementIds: placements.filter((each) => each.caseId === row.id).map((each) => each.id as PlacementId),
	};
}
