import { newId } from '../../../board/new-id.ts';
import { insertCitizen } from '../../../db/repo/citizen.ts';
import { parseCpr } from '../../../domain/citizen/cpr.ts';
import type { CitizenId } from '../../../domain/ids.ts';
import { mayAdminister } from '../../../domain/policy.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import { CITIZEN_TEXT, sealText } from '../../log/sealed-text.ts';
import { type CommandContext, record, transactionUnlessTaken } from '../context.ts';
import type { NewCitizenInput } from './citizen.ts';

export type CreateCitizenFailure = { readonly code: 'forbidden' | 'cpr-exists' };

/** Name, birthday and number are sealed with a key of the citizen's own: destroying it erases them everywhere. */
export async function handleCreateCitizen(
	ctx: CommandContext,
	input: NewCitizenInput,
): Promise<Result<{ readonly citizenId: CitizenId }, CreateCitizenFailure>> {
	const { actor, hostId } = ctx.signedIn;
	if (!mayAdminister(actor, hostId)) return refuse({ code: 'forbidden' });
	const at = ctx.now();
	const citizenId = newId<CitizenId>(at.getTime());
	const cpr = input.cpr === null ? undefined : parseCpr(input.cpr);
	return transactionUnlessTaken(ctx, { citizen_cpr: 'cpr-exists' }, async (tx) => {
		const dataKeyId = await ctx.keys.create(tx, at);
		const key = await ctx.keys.open(tx, dataKeyId);
		const sealed = (text: string, kind: keyof typeof CITIZEN_TEXT) => sealText(key, text, CITIZEN_TEXT[kind], citizenId);
		await insertCitizen(tx, {
			id: citizenId,
			organisationId: hostId,
			dataKeyId,
			sealedName: sealed(input.name, 'name'),
			sealedBirthDay: input.birthDay === null ? null : sealed(input.birthDay, 'birthDay'),
			sealedCpr: cpr === undefined ? null : sealed(cpr, 'cpr'),
			cprIndex: cpr === undefined ? null : ctx.keys.cprIndex(hostId, cpr),
			createdAt: at,
		});
		await record(ctx, tx, hostId, { action: 'citizen.create', subject: { citizenId } });
		return ok({ citizenId });
	});
}
