import type { Browser, BrowserContext, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { LANGUAGES, THEMES } from '../../web/preferences.ts';
import { overflowOf, violationsOf } from '../support/accessibility.ts';
import { launchChromium, signedInContext } from '../support/browser.ts';
import { aDemoDataDir, discard, type RunningServer, startServer } from '../support/server.ts';

let browser: Browser;
let server: RunningServer;
beforeAll(async () => {
	[browser, server] = await Promise.all([launchChromium(), startServer(aDemoDataDir(inject('demoData')))]);
});
afterAll(async () => {
	await browser?.close();
	await server?.stop();
	if (server) await discard(server.dataDir);
});

const CHOSEN = LANGUAGES.flatMap((language) =>
	THEMES.filter((theme) => theme !== 'system').map((theme) => ({ language, theme })),
);
const WIDTHS = [360, 1280, 1920];

async function prefer(context: BrowserContext, { language, theme }: (typeof CHOSEN)[number]): Promise<void> {
	await context.addCookies([
		{ name: 'tavle-language', value: language, url: server.url },
		{ name: 'tavle-theme', value: theme, url: server.url },
	]);
}
/** Colours change with the theme and words with the language, so those are tried at one width; the layout is tried at all. */
async function faultsAt(page: Page, path: string, widths: readonly number[] = [1280]): Promise<string[]> {
	const faults: string[] = [];
	await page.goto(path);
	for (const width of widths) {
		await page.setViewportSize({ width, height: 900 });
		const wide = await overflowOf(page);
		if (wide > 0) faults.push(`${path} at ${width}: ${wide} px wider than the window`);
		faults.push(...(await violationsOf(page)).map((violation) => `${path} at ${width}: ${violation}`));
	}
	return faults;
}
const SEEN: readonly (readonly [string, readonly string[]])[] = [
	['leder@tavle.example', ['/cases', '/settings']],
	['virksomhed@tavle.example', ['/cases']],
	['kriminalforsorg@tavle.example', ['/cases']],
	['admin@tavle.example', ['/admin/citizens', '/admin/people', '/admin/teams', '/admin/organisations']],
];

test.each(LANGUAGES)('every page fits a phone, a desk and a wall (%s)', async (language) => {
	const faults: string[] = [];
	for (const [email, paths] of [[undefined, ['/sign-in', '/no-such-page']] as const, ...SEEN]) {
		const context = email ? await signedInContext(browser, server.url, email) : await browser.newContext({ baseURL: server.url });
		await prefer(context, { language, theme: 'light' });
		const page = await context.newPage();
		for (const path of paths) faults.push(...(await faultsAt(page, path, WIDTHS)));
		await context.close();
	}
	expect(faults).toEqual([]);
});

describe.each(CHOSEN)('$language, $theme', (chosen) => {
	test('signing in and an unknown page', async () => {
		const context = await browser.newContext({ baseURL: server.url });
		await prefer(context, chosen);
		const page = await context.newPage();
		expect(await faultsAt(page, '/sign-in')).toEqual([]);
		expect(await faultsAt(page, '/no-such-page')).toEqual([]);
		await context.close();
	});

	test.each(SEEN)('what %s sees', async (email, paths) => {
		const context = await signedInContext(browser, server.url, email);
		await prefer(context, chosen);
		const page = await context.newPage();
		const faults: string[] = [];
		for (const path of paths) faults.push(...(await faultsAt(page, path)));
		expect(faults).toEqual([]);
		await context.close();
	});

	test('the access page of a case, the person menu, and a refused form', async () => {
		const context = await signedInContext(browser, server.url, 'leder@tavle.example');
		await prefer(context, chosen);
		const page = await context.newPage();
		await page.goto('/cases');
		const path = await page.locator('a.name').first().getAttribute('href');
		expect(await faultsAt(page, `/access/${path?.split('/').at(-1)}`)).toEqual([]);
		await page.locator('form[action="?/give"] button').click();
		await page.locator('[aria-invalid=true]').first().waitFor();
		await page.locator('header summary').click();
		expect(await violationsOf(page)).toEqual([]);
		await context.close();
	});
});

test('the list of citizens is worked by keyboard alone', async () => {
	const context = await signedInContext(browser, server.url, 'leder@tavle.example');
	const page = await context.newPage();
	await page.goto('/cases');
	await page.waitForLoadState('networkidle');
	await page.keyboard.press('/');
	await page.keyboard.type('holm');
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('Enter');
	await page.waitForURL(/\/cases\/[0-9a-f-]{36}$/);
	await context.close();
});

test('the first press of Tab offers to skip to the content', async () => {
	const context = await signedInContext(browser, server.url, 'leder@tavle.example');
	const page = await context.newPage();
	await page.goto('/cases');
	await page.keyboard.press('Tab');
	await page.keyboard.press('Enter');
	expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');
	await context.close();
});
