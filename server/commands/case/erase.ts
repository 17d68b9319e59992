import { z } from 'zod';
import { type Executor, transaction } from '../../../db/client.ts';
import { loadReach } from '../../../db/repo/access.ts';
import { lastToDo } from '../../../db/repo/audit.ts';
import { casesOfCitizen, type CitizenCase } from '../../../db/repo/case.ts';
import { findCitizen, type SealedCitizen } from '../../../db/repo/citizen.ts';
import { destroyDataKey } from '../../../db/repo/data-key.ts';
import { eraseCase, eraseCitizen } from '../../../db/repo/erase-case.ts';
import { insertRightsChange } from '../../../db/repo/rights-change.ts';
import { goneForGoodOn } from '../../../domain/case/erasure.ts';
import type { CaseId, DataKeyId, DocumentId } from '../../../domain/ids.ts';
import { initialsOf } from '../../../domain/initials.ts';
import type { Day } from '../../../domain/iso-week.ts';
import { mayErase, maySeeCase } from '../../../domain/policy.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import { CITIZEN_TEXT, unsealText } from '../../log/sealed-text.ts';
import { type CommandContext, record } from '../context.ts';

export const eraseSchema = z.object({
	/** The citizen's, typed by whoever erases: so that it is this case and no other. */
	initials: z.string().trim().min(1).max(8),
});
export type EraseInput = z.infer<typeof eraseSchema>;

/** What the person who erased gets to keep. */
export interface ErasureReceipt {
	readonly erasedAt: Date;
	/** From this day nothing can be read anywhere, not in the database's own log and not in a backup. */
	readonly goneForGoodOn: Day;
	/** The citizen had no other case: name and number went too. */
	readonly citizenToo: boolean;
}

export type EraseRefusal = {
	readonly code: 'not-found' | 'forbidden' | 'case-not-closed' | 'erase-needs-two' | 'initials-differ';
};

interface Erased extends ErasureReceipt {
	readonly documents: readonly DocumentId[];
	readonly keys: readonly DataKeyId[];
}

/** Destroys the key of a closed case and what it sealed. Two people's work: somebody else has closed it. It cannot be undone. */
export async function handleEraseCase(
	ctx: CommandContext,
	caseId: CaseId,
	{ initials }: EraseInput,
): Promise<Result<ErasureReceipt, EraseRefusal>> {
	const at = ctx.now();
	const { actor } = ctx.signedIn;
	const erased = await transaction(ctx.db, async (tx): Promise<Result<Erased, EraseRefusal>> => {
		const found = await loadReach(tx, actor, caseId, at);
		if (!found) return refuse({ code: 'not-found' });
		if (!mayErase(actor, found.facts)) return refuse({ code: maySeeCase(found.reach) ? 'forbidden' : 'not-found' });
		if (!found.facts.closed) return refuse({ code: 'case-not-closed' });
		if ((await lastToDo(tx, caseId, 'case.close')) === actor.personId) return refuse({ code: 'erase-needs-two' });
		const citizen = await findCitizen(tx, found.case.citizenId);
		if (!citizen || !(await areInitials(ctx, tx, citizen, initials))) return refuse({ code: 'initials-differ' });

		const documents = await eraseCase(tx, caseId, at);
		const keys = await destroyKeys(tx, found.case, citizen, at);
		await insertRightsChange(tx, { caseId, personId: null, at });
		await record(ctx, tx, caseId, { action: 'case.erase', subject: { caseId } });
		return ok({ erasedAt: at, goneForGoodOn: goneForGoodOn(at), citizenToo: keys.length > 1, documents, keys });
	});
	if (!erased.ok) return erased;
	const { documents, keys, ...receipt } = erased.value;
	for (const id of keys) ctx.keys.forget(id);
	ctx.announce({ kind: 'erased', caseId, documents });
	ctx.announce({ kind: 'rights' });
	return ok(receipt);
}

async function areInitials(ctx: CommandContext, tx: Executor, citizen: SealedCitizen, typed: string): Promise<boolean> {
	const key = await ctx.keys.open(tx, citizen.dataKeyId);
	const name = unsealText(key, citizen.sealedName, CITIZEN_TEXT.name, citizen.id);
	return initialsOf(name).toLocaleUpperCase('da') === typed.toLocaleUpperCase('da');
}

/** The case's key, and the citizen's own when this was the last case. @returns those destroyed */
async function destroyKeys(tx: Executor, row: CitizenCase, citizen: SealedCitizen, at: Date): Promise<readonly DataKeyId[]> {
	const isLast = (await casesOfCitizen(tx, citizen.id)).length === 0;
	const keys = isLast ? [row.dataKeyId, citizen.dataKeyId] : [row.dataKeyId];
	for (const id of keys) await destroyDataKey(tx, id, at);
	if (isLast) await eraseCitizen(tx, citizen.id);
	return keys;
}
