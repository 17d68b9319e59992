import { type Authenticate, createAuthenticate } from './authenticate.ts';
import { createEngine, type EngineDeps } from './engine.ts';
import { type Passwords, scryptPasswords } from './password.ts';
import { createSignIn, type SignIn, type SignInOutcome } from './sign-in.ts';
import { createSignOut, type SignOut } from './sign-out.ts';

export interface AuthDeps extends Omit<EngineDeps, 'passwords'> {
	readonly passwords?: Passwords;
	/** Told how each attempt ended, and nothing of who tried. */
	readonly signInEnded?: (outcome: SignInOutcome) => void;
}

export interface Auth {
	/** The one way to know who sent a request. */
	readonly authenticate: Authenticate;
	readonly signIn: SignIn;
	readonly signOut: SignOut;
	readonly passwords: Passwords;
}

export function createAuth(deps: AuthDeps): Auth {
	const passwords = deps.passwords ?? scryptPasswords;
	const engine = createEngine({ ...deps, passwords });
	const authenticate = createAuthenticate(deps);
	return {
		authenticate,
		passwords,
		signIn: createSignIn({ db: deps.db, now: deps.now, engine, ended: deps.signInEnded ?? (() => {}) }),
		signOut: createSignOut({ db: deps.db, now: deps.now, engine, authenticate }),
	};
}
