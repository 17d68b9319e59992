import { newId } from '../../../board/new-id.ts';
import { type Executor, transaction } from '../../../db/client.ts';
import { assignCoordinator as saveCoordinator, coordinatorsOf } from '../../../db/repo/coordinator.ts';
import { findPerson } from '../../../db/repo/person.ts';
import { insertRightsChange } from '../../../db/repo/rights-change.ts';
import { assignCoordinator, type AssignCoordinatorRefusal } from '../../../domain/case/assign-coordinator.ts';
import type { AssignmentId, CaseId } from '../../../domain/ids.ts';
import { dayOf, type Day } from '../../../domain/iso-week.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import { managedCase } from '../case/managed-case.ts';
import { type CommandContext, record } from '../context.ts';
import type { NewCoordinatorInput } from './coordinator.ts';

export type AssignCoordinatorFailure = { readonly code: 'forbidden' | 'not-found' | 'case-closed' } | AssignCoordinatorRefusal;

/** Whoever was coordinator stops the day before, so that the change stands on the board with its dates. */
export async function handleAssignCoordinator(
	ctx: CommandContext,
	caseId: CaseId,
	input: NewCoordinatorInput,
): Promise<Result<{ readonly from: Day }, AssignCoordinatorFailure>> {
	const result = await transaction(ctx.db, (tx) => assign(ctx, tx, caseId, input));
	if (result.ok) {
		ctx.announce({ kind: 'coordinator', caseId, personId: input.personId });
		ctx.announce({ kind: 'rights' });
	}
	return result;
}

async function assign(
	ctx: CommandContext,
	tx: Executor,
	caseId: CaseId,
	input: NewCoordinatorInput,
): Promise<Result<{ readonly from: Day }, AssignCoordinatorFailure>> {
	const managed = await managedCase(ctx, tx, caseId);
	if (!managed.ok) return managed;
	if (managed.value.closed) return refuse({ code: 'case-closed' });

	const at = ctx.now();
	const { personId, fromDay = dayOf(at) } = input;
	const person = await findPerson(tx, personId);
	if (person?.hostId !== managed.value.organisationId) return refuse({ code: 'not-found' });
	const history = (await coordinatorsOf(tx, caseId)).map((each) => ({
		personId: each.personId,
		from: each.fromDay,
		until: each.untilDay,
	}));
	const assigned = assignCoordinator(
		history,
		{ personId, profession: person.profession, ended: person.endedAt !== null },
		fromDay,
		dayOf(at),
	);
	if (!assigned.ok) return assigned;

	await saveCoordinator(tx, { id: newId<AssignmentId>(at.getTime()), caseId, personId, fromDay });
	await insertRightsChange(tx, { caseId, personId: null, at });
	await record(ctx, tx, caseId, { action: 'case.assign-coordinator', subject: { caseId, personId, from: fromDay } });
	return ok({ from: fromDay });
}
