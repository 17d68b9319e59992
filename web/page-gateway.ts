/**
 * What the pages may ask of the process that serves them. `server/main.ts` publishes it on
 * `globalThis`, because in production pages and server are two bundles with no module in common.
 */
import type { OrganisationId } from '../domain/ids.ts';
import type { Actor } from '../domain/policy.ts';

export interface SignedInPerson {
	readonly sessionId: string;
	readonly expiresAt: Date;
	readonly actor: Actor;
	readonly name: string;
	readonly email: string;
	readonly organisationName: string;
	readonly external: boolean;
	/** The municipality whose board this is. */
	readonly hostId: OrganisationId;
}

/** A demonstration says so on every page, and how to sign in. Its people are invented. */
export interface DemoInstallation {
	readonly organisationName: string;
	readonly addresses: readonly string[];
	readonly password: string;
}

export interface PageGateway {
	/** The API, answered in this process: no socket, no second sign-in. */
	fetchApi(request: Request, clientAddress: string): Promise<Response>;
	/** @throws when the database cannot be asked. */
	authenticate(headers: Headers): Promise<SignedInPerson | undefined>;
	/** For the operator's log; nothing of it reaches the reader. */
	reportError(error: unknown): void;
	/** Set only where the installation is a demonstration. */
	readonly demo?: DemoInstallation | undefined;
}

const KEY = Symbol.for('faellestavle.page-gateway');

type Publisher = typeof globalThis & { [KEY]?: PageGateway };

export function publishPageGateway(gateway: PageGateway): void {
	(globalThis as Publisher)[KEY] = gateway;
}

/** @throws {Error} when pages run outside our server. */
export function pageGateway(): PageGateway {
	const gateway = (globalThis as Publisher)[KEY];
	if (!gateway) throw new Error('Pages are served by server/main.ts only');
	return gateway;
}
