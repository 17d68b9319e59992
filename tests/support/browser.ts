import { execFileSync } from 'node:child_process';
import { type Browser, type BrowserContext, chromium } from '@playwright/test';
import { DEMO_PASSWORD } from './server.ts';

const FLAGS = [
	...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
	...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

/** The system's Chromium: Playwright's own download is refused on many networks. */
export function launchChromium(): Promise<Browser> {
	const executablePath = execFileSync('sh', ['-c', 'command -v chromium'], { encoding: 'utf8' }).trim();
	return chromium.launch({ executablePath, args: FLAGS });
}

/** A browser of its own for one person: cookies and storage are shared with nobody. Danish, as people there have it. */
export async function signedInContext(
	browser: Browser,
	url: string,
	email: string,
	password = DEMO_PASSWORD,
): Promise<BrowserContext> {
	const context = await browser.newContext({ baseURL: url, locale: 'da-DK', timezoneId: 'Europe/Copenhagen' });
	const answer = await context.request.post('/api/auth/sign-in/email', { data: { email, password }, headers: { origin: url } });
	if (!answer.ok()) throw new Error(`${email} could not sign in: ${answer.status()} ${await answer.text()}`);
	return context;
}
