import type { Database } from '../../db/client.ts';
import type { OrganisationId } from '../../domain/ids.ts';
import type { Actor } from '../../domain/policy.ts';
import type { BoardLog } from '../log/board-log.ts';
import type { CaseKeys } from '../log/case-keys.ts';
import type { Announce } from './announcement.ts';

/** The part of a sign-in that commands and queries need: who, in which session, on whose board. */
export interface Caller {
	readonly sessionId: string;
	readonly actor: Actor;
	/** The municipality whose board this is; the caller's own employer may be another. */
	readonly hostId: OrganisationId;
}

/** What every command and query gets; one is made for each request. */
export interface CommandContext {
	readonly db: Database;
	readonly keys: CaseKeys;
	readonly log: BoardLog;
	readonly signedIn: Caller;
	readonly now: () => Date;
	/** Called after the commit, never before. */
	readonly announce: Announce;
	readonly hashPassword: (password: string) => Promise<string>;
}
