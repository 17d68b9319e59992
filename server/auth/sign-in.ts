import { isAPIError } from 'better-auth/api';
import { type Database, transaction } from '../../db/client.ts';
import { appendAudit } from '../../db/repo/audit.ts';
import { deleteSession, findSessions, type SessionRow } from '../../db/repo/sign-in.ts';
import type { PersonId } from '../../domain/ids.ts';
import { dayOf } from '../../domain/iso-week.ts';
import { ok, refuse, type Result } from '../../domain/result.ts';
import { AttemptLimit } from './attempt-limit.ts';
import type { SignInEngine } from './engine.ts';
import { EXPECTED_PERSON_HEADER } from './expected-person.ts';

export interface SignInAttempt {
	readonly email: string;
	readonly password: string;
	/** Where it came from, for the limit only; never stored. */
	readonly address: string;
	/** When signing in again on top of somebody's unsent text. */
	readonly expectedPersonId?: PersonId | undefined;
}

export type SignInRefusal =
	/** Unknown, ended or wrong: one answer, so that nobody learns who works here. */
	| { readonly code: 'wrong-credentials' }
	| { readonly code: 'too-many-attempts'; readonly retryAfterSeconds: number }
	| { readonly code: 'other-person' };

export type SignInOutcome = 'signed-in' | SignInRefusal['code'];

export interface NewSession {
	readonly sessionId: string;
	readonly personId: PersonId;
	/** The `Set-Cookie` header. Without an age: it ends with the browser, and on the server after 12 idle hours. */
	readonly cookie: string;
}

export type SignIn = (attempt: SignInAttempt) => Promise<Result<NewSession, SignInRefusal>>;

interface SignInDeps {
	readonly db: Database;
	readonly now: () => Date;
	readonly engine: SignInEngine;
	readonly ended: (outcome: SignInOutcome) => void;
}

export function createSignIn(deps: SignInDeps): SignIn {
	const limit = new AttemptLimit(deps.now);
	return async (attempt) => {
		const tried = await limit.attempt(
			attempt.email.toLowerCase(),
			attempt.address,
			() => tryPassword(deps, attempt),
			provesPassword,
		);
		const result = tried.kind === 'wait' ? tooMany(tried.waitMs) : tried.value;
		deps.ended(result.ok ? 'signed-in' : result.error.code);
		return result;
	};
}

function tooMany(waitMs: number): Result<NewSession, SignInRefusal> {
	return refuse({ code: 'too-many-attempts', retryAfterSeconds: Math.ceil(waitMs / 1000) });
}

function provesPassword(result: Result<NewSession, SignInRefusal>): boolean {
	return result.ok || result.error.code === 'other-person';
}

async function tryPassword(deps: SignInDeps, attempt: SignInAttempt): Promise<Result<NewSession, SignInRefusal>> {
	const { email, password, expectedPersonId } = attempt;
	const headers = new Headers(expectedPersonId ? { [EXPECTED_PERSON_HEADER]: expectedPersonId } : {});
	try {
		const answer = await deps.engine.api.signInEmail({
			body: { email, password, rememberMe: false },
			headers,
			returnHeaders: true,
		});
		const session = await recordSignIn(deps, answer.response.token);
		return ok({
			sessionId: session.sessionId,
			personId: session.personId,
			cookie: await sessionCookie(deps.engine, answer.headers),
		});
	} catch (error) {
		if (!isAPIError(error) || error.statusCode >= 500) throw error;
		return refuse({ code: error.body?.code === 'OTHER_PERSON' ? 'other-person' : 'wrong-credentials' });
	}
}

/** A session that could not be audited must not exist. */
async function recordSignIn({ db, now }: SignInDeps, token: string): Promise<SessionRow> {
	const at = now();
	const session = (await findSessions(db.orm, [token], dayOf(at))).get(token);
	if (!session) throw new Error('A session vanished while signing in');
	const { sessionId, personId, hostId } = session;
	try {
		await transaction(db, (tx) =>
			appendAudit(tx, hostId, { action: 'session.sign-in', subject: { personId }, at, personId, sessionId }),
		);
	} catch (error) {
		await deleteSession(db.orm, sessionId);
		throw error;
	}
	return session;
}

/** Only the session: better-auth also sets a cookie that remembers not to remember. */
async function sessionCookie(engine: SignInEngine, headers: Headers): Promise<string> {
	const { name } = (await engine.$context).authCookies.sessionToken;
	const cookie = headers.getSetCookie().find((each) => each.startsWith(`${name}=`));
	if (!cookie) throw new Error('Signed in without a session cookie');
	return cookie;
}
