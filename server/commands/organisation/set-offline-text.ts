import { transaction } from '../../../db/client.ts';
import { saveOfflineTextRule } from '../../../db/repo/organisation.ts';
import type { OrganisationId } from '../../../domain/ids.ts';
import { mayAdminister } from '../../../domain/policy.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import { type CommandContext, record } from '../context.ts';
import type { OfflineTextRuleInput } from './organisation.ts';

export type SetOfflineTextFailure = { readonly code: 'forbidden' | 'not-found' };

/** Forbidding withholds the keys at once: what lies on devices can be read by nobody from then on. */
export async function handleSetOfflineText(
	ctx: CommandContext,
	organisationId: OrganisationId,
	{ rule }: OfflineTextRuleInput,
): Promise<Result<undefined, SetOfflineTextFailure>> {
	const { actor, hostId } = ctx.signedIn;
	if (!mayAdminister(actor, hostId)) return refuse({ code: 'forbidden' });
	return transaction(ctx.db, async (tx) => {
		const changed = await saveOfflineTextRule(tx, { id: organisationId, hostId }, rule);
		if (changed === undefined) return refuse({ code: 'not-found' });
		if (changed) {
			await record(ctx, tx, hostId, { action: 'organisation.set-offline-text', subject: { organisationId, rule } });
		}
		return ok(undefined);
	});
}
