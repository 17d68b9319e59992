import { newId } from '../../../board/new-id.ts';
import { type Executor, transaction } from '../../../db/client.ts';
import { insertCaseAccess } from '../../../db/repo/case-access.ts';
import { findPerson } from '../../../db/repo/person.ts';
import { placementsOf } from '../../../db/repo/placement.ts';
import { insertRightsChange } from '../../../db/repo/rights-change.ts';
import { giveAccess, type GiveAccessRefusal } from '../../../domain/disclosure/give-access.ts';
import type { AccessId, CaseId } from '../../../domain/ids.ts';
import { dayOf } from '../../../domain/iso-week.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import { managedCase } from '../case/managed-case.ts';
import { type CommandContext, record } from '../context.ts';
import type { NewAccessInput } from './access.ts';

export type GiveAccessFailure = { readonly code: 'forbidden' | 'not-found' | 'case-closed' } | GiveAccessRefusal;

/** From today until a day, for a reason. */
export async function handleGiveAccess(
	ctx: CommandContext,
	caseId: CaseId,
	input: NewAccessInput,
): Promise<Result<{ readonly accessId: AccessId }, GiveAccessFailure>> {
	const result = await transaction(ctx.db, (tx) => give(ctx, tx, caseId, input));
	if (result.ok) {
		ctx.announce({ kind: 'access', caseId, personId: input.personId, accessId: result.value.accessId });
		ctx.announce({ kind: 'rights' });
	}
	return result;
}

async function give(
	ctx: CommandContext,
	tx: Executor,
	caseId: CaseId,
	input: NewAccessInput,
): Promise<Result<{ readonly accessId: AccessId }, GiveAccessFailure>> {
	const managed = await managedCase(ctx, tx, caseId);
	if (!managed.ok) return managed;
	if (managed.value.closed) return refuse({ code: 'case-closed' });

	const at = ctx.now();
	const { personId, placementId, basis, untilDay, addsClinical, addsJustice } = input;
	const receiver = await findPerson(tx, personId);
	const placement = (await placementsOf(tx, caseId)).find(({ id }) => id === placementId);
	if (receiver?.hostId !== managed.value.organisationId || (placementId && !placement)) return refuse({ code: 'not-found' });

	const term = { from: dayOf(at), until: untilDay, addsClinical, addsJustice };
	const given = giveAccess({ ...receiver, ended: receiver.endedAt !== null }, term, placement);
	if (!given.ok) return given;

	const accessId = newId<AccessId>(at.getTime());
	await insertCaseAccess(tx, {
		id: accessId,
		caseId,
		personId,
		placementId,
		addsClinical,
		addsJustice,
		basis,
		fromDay: term.from,
		untilDay,
		grantedBy: ctx.signedIn.actor.personId,
		grantedAt: at,
	});
	await insertRightsChange(tx, { caseId, personId, at });
	await record(ctx, tx, caseId, { action: 'access.give', subject: { caseId, personId, accessId, basis, until: untilDay } });
	return ok({ accessId });
}
