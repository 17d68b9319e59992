import { newId } from '../../../board/new-id.ts';
import { findOrganisation } from '../../../db/repo/organisation.ts';
import { insertPerson } from '../../../db/repo/person.ts';
import { insertAccount } from '../../../db/repo/sign-in.ts';
import type { PersonId } from '../../../domain/ids.ts';
import { mayAdminister } from '../../../domain/policy.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import { type CommandContext, record, transactionUnlessTaken } from '../context.ts';
import type { NewPersonInput } from './person.ts';

export type CreatePersonFailure = { readonly code: 'forbidden' | 'not-found' | 'email-taken' };

/** A person and the account to sign in with: one id for both. */
export async function handleCreatePerson(
	ctx: CommandContext,
	input: NewPersonInput,
): Promise<Result<{ readonly personId: PersonId }, CreatePersonFailure>> {
	const { actor, hostId } = ctx.signedIn;
	if (!mayAdminister(actor, hostId)) return refuse({ code: 'forbidden' });
	const { name, email, profession, organisationId } = input;
	const passwordHash = await ctx.hashPassword(input.password); // a tenth of a second, so before the transaction
	const at = ctx.now();
	const personId = newId<PersonId>(at.getTime());
	return transactionUnlessTaken(ctx, { person_email: 'email-taken', auth_user_email: 'email-taken' }, async (tx) => {
		const employer = await findOrganisation(tx, organisationId);
		if (employer?.hostId !== hostId) return refuse({ code: 'not-found' });
		await insertPerson(tx, { id: personId, organisationId, name, email, profession, createdAt: at });
		await insertAccount(tx, { personId, name, email, passwordHash, at });
		await record(ctx, tx, hostId, { action: 'person.create', subject: { personId, organisationId, profession } });
		return ok({ personId });
	});
}
