import type { Database } from '../../db/client.ts';
import { aliveSessions } from '../../db/repo/session-read.ts';

/** Which of many sessions are still alive, in one statement: open connections ask again and again. */
export type LiveSessions = (sessionIds: readonly string[]) => Promise<ReadonlySet<string>>;

export function createLiveSessions(db: Database, now: () => Date): LiveSessions {
	return (sessionIds) => aliveSessions(db.orm, sessionIds, now());
}
