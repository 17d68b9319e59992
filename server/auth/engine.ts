import { randomBytes } from 'node:crypto';
import { betterAuth } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { APIError } from 'better-auth/api';
import type { Database } from '../../db/client.ts';
import { hasEnded } from '../../db/repo/sign-in.ts';
import { authAccount, authSession, authUser, authVerification } from '../../db/schema/sign-in.ts';
import { asId, type PersonId, uuidV7 } from '../../domain/ids.ts';
import { SESSION_MS } from './authenticate.ts';
import { EXPECTED_PERSON_HEADER, isAnotherPersonsPage } from './expected-person.ts';
import { type Passwords, PASSWORD_MAX_LENGTH } from './password.ts';
import { COOKIE_PREFIX } from './session-cookie.ts';

export interface EngineDeps {
	readonly db: Database;
	/** From `signInSecret`. */
	readonly secret: string;
	/** Where browsers find us: `https://tavle.example.dk`. */
	readonly baseUrl: string;
	readonly trustedOrigins: readonly string[];
	/** True behind TLS. */
	readonly secureCookies: boolean;
	readonly now: () => Date;
	readonly passwords: Passwords;
}

export type SignInEngine = ReturnType<typeof createEngine>;

/**
 * better-auth keeps passwords and sessions. It is called, not mounted: of its many routes only signing in and out are wanted, its
 * rate limit would put a whole town hall into one bucket, and its cookie cache would outlive a session that was ended.
 */
export function createEngine({ db, secret, baseUrl, trustedOrigins, secureCookies, now, passwords }: EngineDeps) {
	return betterAuth({
		secret,
		baseURL: baseUrl,
		trustedOrigins: [...trustedOrigins],
		database: drizzleAdapter(db.orm, {
			provider: 'pg',
			schema: { user: authUser, session: authSession, account: authAccount, verification: authVerification },
		}),
		emailAndPassword: { enabled: true, disableSignUp: true, maxPasswordLength: PASSWORD_MAX_LENGTH, password: passwords },
		session: { expiresIn: SESSION_MS / 1000, cookieCache: { enabled: false } },
		rateLimit: { enabled: false },
		telemetry: { enabled: false },
		logger: { disabled: true },
		advanced: {
			cookiePrefix: COOKIE_PREFIX,
			useSecureCookies: secureCookies,
			database: { generateId: () => uuidV7(now().getTime(), randomBytes(10)) },
			ipAddress: { disableIpTracking: true },
		},
		databaseHooks: {
			session: {
				create: {
					before: async (session, context) => {
						await refuseSession(db, asId<PersonId>(session.userId), context?.headers);
						return { data: { ...session, expiresAt: new Date(now().getTime() + SESSION_MS) } };
					},
				},
			},
		},
	});
}

/** After the password was right and before a session exists. */
async function refuseSession(db: Database, personId: PersonId, headers: Headers | undefined): Promise<void> {
	if (await hasEnded(db.orm, personId)) throw new APIError('UNAUTHORIZED', { code: 'PERSON_ENDED' });
	if (isAnotherPersonsPage(personId, headers?.get(EXPECTED_PERSON_HEADER)))
		throw new APIError('CONFLICT', { code: 'OTHER_PERSON' });
}
