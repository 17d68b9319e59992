import { type Database, transaction } from '../../db/client.ts';
import { appendAudit } from '../../db/repo/audit.ts';
import { insertRightsChange } from '../../db/repo/rights-change.ts';
import { deleteSession } from '../../db/repo/sign-in.ts';
import type { PersonId } from '../../domain/ids.ts';
import type { Authenticate } from './authenticate.ts';
import type { SignInEngine } from './engine.ts';

export interface SignedOut {
	/** Undefined when nobody was signed in. */
	readonly ended: { readonly sessionId: string; readonly personId: PersonId } | undefined;
	/** The `Set-Cookie` header that takes the cookie away. */
	readonly cookie: string;
}

export type SignOut = (headers: Headers) => Promise<SignedOut>;

interface SignOutDeps {
	readonly db: Database;
	readonly now: () => Date;
	readonly engine: SignInEngine;
	readonly authenticate: Authenticate;
}

/** Ends the session for every open connection too: they are told through the outbox of rights. */
export function createSignOut({ db, now, engine, authenticate }: SignOutDeps): SignOut {
	return async (headers) => {
		const cookie = await expiredCookie(engine);
		const signedIn = await authenticate(headers);
		if (!signedIn) return { ended: undefined, cookie };
		const { sessionId, hostId } = signedIn;
		const { personId } = signedIn.actor;
		const at = now();
		await transaction(db, async (tx) => {
			await deleteSession(tx, sessionId);
			await appendAudit(tx, hostId, { action: 'session.sign-out', subject: { personId }, at, personId, sessionId });
			await insertRightsChange(tx, { caseId: null, personId, at });
		});
		return { ended: { sessionId, personId }, cookie };
	};
}

async function expiredCookie(engine: SignInEngine): Promise<string> {
	const { name, attributes } = (await engine.$context).authCookies.sessionToken;
	return `${name}=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax${attributes.secure ? '; Secure' : ''}`;
}
