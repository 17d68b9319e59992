import type { Database } from '../../db/client.ts';
import { extendSessions, findSessions, type SessionRow } from '../../db/repo/sign-in.ts';
import type { OrganisationId } from '../../domain/ids.ts';
import { dayOf } from '../../domain/iso-week.ts';
import type { Actor } from '../../domain/policy.ts';
import { together } from '../crowd/together.ts';
import { sessionToken } from './session-cookie.ts';

/** A working day; whoever does nothing for so long signs in again. */
export const SESSION_MS = 12 * 3_600_000;

/** How much of a session may be used up before its end is moved, so that not every request writes. */
const SLIDE_AFTER_MS = 10 * 60_000;

/** Who sent a request: stamped by the server from the cookie, for pages, API, sync and meeting room alike. */
export interface SignedIn {
	readonly sessionId: string;
	readonly expiresAt: Date;
	readonly actor: Actor;
	readonly name: string;
	readonly email: string;
	readonly organisationName: string;
	/** The municipality whose board this is. */
	readonly hostId: OrganisationId;
	/** Works for somebody other than the municipality. */
	readonly external: boolean;
}

export type Authenticate = (headers: Headers) => Promise<SignedIn | undefined>;

export interface AuthenticateDeps {
	readonly db: Database;
	readonly secret: string;
	readonly now: () => Date;
}

/** Who is asked about in one statement when many come at once. */
const MOST_TOGETHER = 100;

/** Always asks the database: a session that was ended a moment ago must not open anything. */
export function createAuthenticate({ db, secret, now }: AuthenticateDeps): Authenticate {
	const find = together(MOST_TOGETHER, async (tokens: readonly string[]) => {
		const at = now();
		const rows = await findSessions(db.orm, tokens, dayOf(at));
		const slidTo = new Date(at.getTime() + SESSION_MS);
		const isAlive = (row: SessionRow) => row.expiresAt > at && !row.endedAt;
		const slides = (row: SessionRow) => isAlive(row) && slidTo.getTime() - row.expiresAt.getTime() > SLIDE_AFTER_MS;
		const sliding = [...rows.values()].filter(slides).map(({ sessionId }) => sessionId);
		const slid = sliding.length > 0 ? await extendSessions(db.orm, sliding, slidTo, at) : new Set<string>();
		return tokens.map((token) => {
			const row = rows.get(token);
			return row && isAlive(row) ? signedIn(row, slid.has(row.sessionId) ? slidTo : row.expiresAt) : undefined;
		});
	});
	return async (headers) => {
		const token = sessionToken(headers, secret);
		return token ? find(token) : undefined;
	};
}

function signedIn(row: SessionRow, expiresAt: Date): SignedIn {
	const { personId, profession, organisationId, leads } = row;
	return {
		sessionId: row.sessionId,
		expiresAt,
		actor: { personId, profession, organisationId, leads },
		name: row.name,
		email: row.email,
		organisationName: row.organisationName,
		hostId: row.hostId,
		external: organisationId !== row.hostId,
	};
}
