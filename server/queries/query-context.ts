import type { Database } from '../../db/client.ts';
import type { Actor } from '../../domain/policy.ts';
import type { BoardLog } from '../log/board-log.ts';
import type { CaseKeys } from '../log/case-keys.ts';

/** What a query gets; one is made for each request. A command's context is one too. */
export interface QueryContext {
	readonly db: Database;
	readonly keys: CaseKeys;
	readonly log: BoardLog;
	readonly signedIn: { readonly sessionId: string; readonly actor: Actor };
	readonly now: () => Date;
}

/** "Not found" and "not yours" are one answer. */
export interface NotFound {
	readonly code: 'not-found';
}
