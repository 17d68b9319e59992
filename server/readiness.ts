import { setTimeout as delay } from 'node:timers/promises';

/** A database that takes longer to say one row is not one to send people to. */
const READY_DEADLINE_MS = 2_000;

/** Whether people may be sent here. @param ask may reject or hang: both are a no */
export async function isReadyInTime(ask: () => Promise<boolean>): Promise<boolean> {
	const answer = ask().catch(() => false);
	return Promise.race([answer, delay(READY_DEADLINE_MS, false, { ref: false })]);
}
