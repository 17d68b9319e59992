import { execFileSync } from 'node:child_process';
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import { ALIVE_EVENT } from '../../web/lib/forms/typed-early.ts';
import { DEMO_PASSWORD } from './server.ts';

export const CHROMIUM_FLAGS = [
	...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
	...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

/** The system's Chromium: Playwright's own download is refused on many networks. */
export function chromiumPath(): string {
	return execFileSync('sh', ['-c', 'command -v chromium'], { encoding: 'utf8' }).trim();
}

export function launchChromium(): Promise<Browser> {
	return chromium.launch({ executablePath: chromiumPath(), args: CHROMIUM_FLAGS });
}

/** Danish, as people there have it. */
export const DANISH = { locale: 'da-DK', timezoneId: 'Europe/Copenhagen' } as const;

/** A browser of its own for one person: cookies and storage are shared with nobody. */
export async function signedInContext(
	browser: Browser,
	url: string,
	email: string,
	password = DEMO_PASSWORD,
): Promise<BrowserContext> {
	const context = await browser.newContext({ baseURL: url, ...DANISH });
	await noteAlive(context);
	await signInTo(context, url, email, password);
	return context;
}

/** Lets {@link untilAlive} see when a page answers. */
export async function noteAlive(context: BrowserContext): Promise<void> {
	await context.addInitScript((event) => {
		addEventListener(event, () => (document.documentElement.dataset['alive'] = 'true'));
	}, ALIVE_EVENT);
}

export async function signInTo(context: BrowserContext, url: string, email: string, password = DEMO_PASSWORD): Promise<void> {
	const answer = await context.request.post('/api/auth/sign-in/email', { data: { email, password }, headers: { origin: url } });
	if (!answer.ok()) throw new Error(`${email} could not sign in: ${answer.status()} ${await answer.text()}`);
}

/** What is pressed before a page is alive is pressed in vain. @param page of a signed-in context */
export async function untilAlive(page: Page): Promise<void> {
	await page.locator('html[data-alive=true]').waitFor();
}

/** Goes there as a person does: looks for a moment before pressing anything. @param page of a signed-in context */
export async function visit(page: Page, path: string): Promise<void> {
	await page.goto(path);
	await untilAlive(page);
}
