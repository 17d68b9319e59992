import { z } from 'zod';
import type { Executor } from '../../../db/client.ts';
import { allKeepOfflineText } from '../../../db/repo/organisation.ts';
import { keyPeriodsAt } from '../../../domain/offline-text.ts';
import type { QueryContext } from '../query-context.ts';
import type { Reader } from './reader.ts';

/** The keys that open what one person wrote in one case and could not send; newest first, and the newest seals. */
export const offlineKeysSchema = z.object({
	/** Empty where an organisation forbids that such words lie on a device. */
	keys: z.array(z.object({ period: z.int(), key: z.base64() })),
});
export type OfflineKeys = z.infer<typeof offlineKeysSchema>;

/** Both must allow it: the municipality whose citizens it is about, and the employer whose device it may be. */
export async function loadOfflineKeys(ctx: QueryContext, tx: Executor, { actor, facts }: Reader): Promise<OfflineKeys> {
	if (!(await allKeepOfflineText(tx, [facts.organisationId, actor.organisationId]))) return { keys: [] };
	return {
		keys: keyPeriodsAt(ctx.now()).map((period) => ({
			period,
			key: ctx.keys.offlineText(actor.personId, facts.caseId, period).toString('base64'),
		})),
	};
}
