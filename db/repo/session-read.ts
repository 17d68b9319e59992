import { and, inArray, sql } from 'drizzle-orm';
import type { Executor } from '../client.ts';
import { authSession } from '../schema/sign-in.ts';

/** Which of the sessions are still alive; one statement for all open connections. */
export async function aliveSessions(tx: Executor, ids: readonly string[], at: Date): Promise<ReadonlySet<string>> {
	if (ids.length === 0) return new Set();
	const rows = await tx
		.select({ id: authSession.id })
		.from(authSession)
		.where(and(inArray(authSession.id, [...new Set(ids)]), sql`${authSession.expiresAt} > ${at.toISOString()}`));
	return new Set(rows.map(({ id }) => id));
}
