import type { Auth } from '../auth/auth.ts';
import type { SignedIn } from '../auth/authenticate.ts';
import type { CommandContext } from '../commands/context.ts';
import type { ShowScreenCode } from '../commands/wall/show-code.ts';
import type { Unexpected } from './unexpected.ts';

/** What the API is built from; main.ts wires it. */
export interface ApiDeps extends Pick<CommandContext, 'db' | 'keys' | 'log' | 'now' | 'announce' | 'connectedTo'> {
	readonly auth: Auth;
	/** What people type, when a proxy with TLS stands in front. */
	readonly trustedOrigins: readonly string[];
	/** Gets what nobody foresaw. Method and route only: an address or a body may hold what must not be logged. */
	readonly reportUnexpected: (error: Unexpected, where: { readonly method: string; readonly route: string }) => void;
}

/** Hono's environment for every route of ours. */
export interface ApiEnv {
	Bindings: {
		/** The remote address, as http-server.ts knows it from its own socket or a proxy it was told to trust. */
		readonly clientAddress?: string;
		/** From @hono/node-server, when it serves the API directly. */
		readonly incoming?: { readonly socket: { readonly remoteAddress?: string | undefined } };
	};
	Variables: {
		readonly deps: ApiDeps;
		readonly showScreenCode: ShowScreenCode;
		readonly signedIn: SignedIn;
		readonly command: CommandContext & { readonly signedIn: SignedIn };
	};
}
