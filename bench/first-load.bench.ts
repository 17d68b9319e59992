/**
 * What a browser fetches of scripts when it opens a page for the first time, gzip, seen from within Chromium: until the page
 * answers, and what it then fetches by itself (live editing, what is in view). A goal is about the first. Prints; asserts nothing.
 * `node bench/first-load.bench.ts [http://localhost:3000]` measures a product that runs; else it starts the built one.
 */
import { gzipSync } from 'node:zlib';
import { type BrowserContext, type Response } from '@playwright/test';
import { ALIVE_EVENT } from '../web/lib/forms/typed-early.ts';
import { launchChromium, signedInContext } from '../tests/support/browser.ts';
import { atAServer } from './at-a-server.ts';

/** Kilobytes of 1000 bytes. */
const GOAL_KB = { page: 90, board: 110 } as const;
/** A page that fetched nothing for this long, in milliseconds, has what it needs. */
const QUIET_MS = 1_500;
const SCREEN = { width: 1920, height: 1080 };

interface Fetched {
	readonly url: string;
	readonly bytes: number;
}

interface Scripts {
	readonly first: readonly Fetched[];
	readonly then: readonly Fetched[];
}

/** Whatever is fetched until the page is quiet, nothing of it from a cache. */
async function scriptsOf(context: BrowserContext, path: string): Promise<Scripts> {
	const page = await context.newPage();
	await page.setViewportSize(SCREEN);
	await page.addInitScript((alive) => addEventListener(alive, () => performance.mark(alive)), ALIVE_EVENT);
	const scripts: Promise<Fetched>[] = [];
	page.on('response', (response) => {
		if (response.request().resourceType() === 'script') scripts.push(weigh(response));
	});
	await page.goto(path);
	if (await page.locator('main[data-live]').count()) await page.locator('main[data-live=true]').waitFor();
	for (let seen = -1; seen !== scripts.length; await page.waitForTimeout(QUIET_MS)) seen = scripts.length;
	const fetched = await Promise.all(scripts);
	const late = await page.evaluate((alive) => {
		const atMs = performance.getEntriesByName(alive)[0]?.startTime ?? Infinity;
		return performance
			.getEntriesByType('resource')
			.filter(({ startTime }) => startTime >= atMs)
			.map(({ name }) => name);
	}, ALIVE_EVENT);
	await page.close();
	return { first: fetched.filter(({ url }) => !late.includes(url)), then: fetched.filter(({ url }) => late.includes(url)) };
}

async function weigh(response: Response): Promise<Fetched> {
	return { url: response.url(), bytes: gzipSync(await response.body()).length };
}

async function measure(context: BrowserContext, path: string, goalKb: number): Promise<void> {
	const { first, then } = await scriptsOf(context, path);
	const kb = (fetched: readonly Fetched[]) => fetched.reduce((sum, { bytes }) => sum + bytes, 0) / 1000;
	const sum = (fetched: readonly Fetched[]) => `${kb(fetched).toFixed(1)} kB in ${fetched.length} files`;
	const verdict = `goal ${goalKb}: ${kb(first) <= goalKb ? 'kept' : 'MISSED'}`;
	const page = path.replace(/[0-9a-f-]{36}/, '[id]').padEnd(22);
	console.log(`${page} ${sum(first)}, ${verdict}${then.length > 0 ? `; then ${sum(then)}` : ''}`);
}

async function measureAll(url: string): Promise<void> {
	const browser = await launchChromium();
	/** A new context has an empty cache. */
	const asFirstVisit = async (email: string, path: string, goalKb: number = GOAL_KB.page) => {
		const context = await signedInContext(browser, url, `${email}@tavle.example`);
		await measure(context, path, goalKb);
		await context.close();
	};
	try {
		const nobody = await browser.newContext({ baseURL: url });
		await measure(nobody, '/sign-in', GOAL_KB.page);
		await asFirstVisit('leder', '/cases');
		const board = await aCase(await signedInContext(browser, url, 'leder@tavle.example'));
		await asFirstVisit('leder', board, GOAL_KB.board);
		for (const area of ['citizens', 'organisations', 'people', 'teams']) await asFirstVisit('admin', `/admin/${area}`);
	} finally {
		await browser.close();
	}
}

async function aCase(context: BrowserContext): Promise<string> {
	const { cases } = (await (await context.request.get('/api/v1/cases')).json()) as { cases: readonly { id: string }[] };
	if (!cases[0]) throw new Error('the demonstration has no cases');
	return `/cases/${cases[0].id}`;
}

await atAServer(measureAll);
