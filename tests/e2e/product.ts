/** What most files begin with: a product on the demonstration's data, a browser beside it, and people who sign in. */
import type { Browser, BrowserContext } from '@playwright/test';
import { afterAll, beforeAll, inject } from 'vitest';
import { launchChromium, signedInContext } from '../support/browser.ts';
import { aDemoDataDir, discard, startServer, type RunningServer } from '../support/server.ts';

export interface Product {
	readonly server: RunningServer;
	/** A browser of their own for one of the demonstration's people, by the name in front of their address. */
	signIn(who: string): Promise<BrowserContext>;
}

/** Before all tests of the file that asks, and gone after them; what it gives is there from then on. */
export function aProduct(): Product {
	let server: RunningServer | undefined;
	let browser: Browser | undefined;
	beforeAll(async () => {
		[browser, server] = await Promise.all([launchChromium(), startServer(aDemoDataDir(inject('demoData')))]);
	});
	afterAll(async () => {
		await browser?.close();
		await server?.stop();
		if (server) await discard(server.dataDir);
	});
	return {
		get server() {
			return server!;
		},
		signIn: (who) => signedInContext(browser!, server!.url, `${who}@tavle.example`),
	};
}
