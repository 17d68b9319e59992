import { and, asc, eq, gte, isNull, or, sql } from 'drizzle-orm';
import { addDays, type Day } from '../../domain/iso-week.ts';
import type { AssignmentId, CaseId, PersonId } from '../../domain/ids.ts';
import type { Executor } from '../client.ts';
import { coordinatorAssignment } from '../schema/cases.ts';
import { person } from '../schema/people.ts';

/** Danish: tovholder. From a day until a day, both included. */
export interface CoordinatorAssignment {
	readonly id: AssignmentId;
	readonly caseId: CaseId;
	readonly personId: PersonId;
	readonly fromDay: Day;
	readonly untilDay: Day | null;
}

/**
 * Makes somebody coordinator from a day on. Whoever was it then stops the day before; an assignment that would have
 * begun on or after that day never came to be, and is taken away.
 */
export async function assignCoordinator(tx: Executor, next: Omit<CoordinatorAssignment, 'untilDay'>): Promise<void> {
	const { caseId, fromDay } = next;
	const assignment = coordinatorAssignment;
	await tx.execute(sql`select id from citizen_case where id = ${caseId} for update`);
	await tx.delete(assignment).where(and(eq(assignment.caseId, caseId), gte(assignment.fromDay, fromDay)));
	await tx
		.update(assignment)
		.set({ untilDay: addDays(fromDay, -1) })
		.where(and(eq(assignment.caseId, caseId), or(isNull(assignment.untilDay), gte(assignment.untilDay, fromDay))));
	await tx.insert(assignment).values({ ...next, untilDay: null });
}

/** Who was, is and will be coordinator, oldest first. */
export async function coordinatorsOf(
	tx: Executor,
	caseId: CaseId,
): Promise<readonly (CoordinatorAssignment & { readonly name: string })[]> {
	const rows = await tx
		.select({ assignment: coordinatorAssignment, name: person.name })
		.from(coordinatorAssignment)
		.innerJoin(person, eq(person.id, coordinatorAssignment.personId))
		.where(eq(coordinatorAssignment.caseId, caseId))
		.orderBy(asc(coordinatorAssignment.fromDay));
	return rows.map(({ assignment, name }) => ({
		...assignment,
		id: assignment.id as AssignmentId, // safe: written by us
		caseId: assignment.caseId as CaseId,
		personId: assignment.personId as PersonId,
		name,
	}));
}
