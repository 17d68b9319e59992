import type { Browser, BrowserContext, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { LANGUAGES } from '../../web/preferences.ts';
import { faultsInThemes, faultsOf } from '../support/accessibility.ts';
import { launchChromium, signedInContext, visit } from '../support/browser.ts';
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

async function inLanguage(language: string, email?: string): Promise<BrowserContext> {
	const context = email ? await signedInContext(browser, server.url, email) : await browser.newContext({ baseURL: server.url });
	await context.addCookies([{ name: 'tavle-language', value: language, url: server.url }]);
	return context;
}

async function faultsAt(page: Page, path: string): Promise<string[]> {
	await page.goto(path);
	return (await faultsOf(page)).map((fault) => `${path} ${fault}`);
}

const SEEN: readonly (readonly [string, readonly string[]])[] = [
	['leder@tavle.example', ['/cases', '/tasks', '/meeting', '/settings']],
	['virksomhed@tavle.example', ['/cases']],
	['kriminalforsorg@tavle.example', ['/cases']],
	['admin@tavle.example', ['/admin/citizens', '/admin/people', '/admin/teams', '/admin/organisations']],
];

describe.each(LANGUAGES)('%s', (language) => {
	test.each([[undefined, ['/sign-in', '/no-such-page', '/wall']] as const, ...SEEN])('what %s sees', async (email, paths) => {
		const context = await inLanguage(language, email);
		const page = await context.newPage();
		const faults: string[] = [];
		for (const path of paths) faults.push(...(await faultsAt(page, path)));
		expect(faults).toEqual([]);
		await context.close();
	});

	test('the access page of a case, the person menu, and a refused form', async () => {
		const context = await inLanguage(language, 'leder@tavle.example');
		const page = await context.newPage();
		await page.goto('/cases');
		const path = await page.locator('a.name').first().getAttribute('href');
		expect(await faultsAt(page, `/access/${path?.split('/').at(-1)}`)).toEqual([]);
		await page.locator('form[action="?/give"] button').click();
		await page.locator('[aria-invalid=true]').first().waitFor();
		await page.locator('header summary').click();
		expect(await faultsInThemes(page)).toEqual([]);
		await context.close();
	});
});

test('the list of citizens is worked by keyboard alone', async () => {
	const context = await signedInContext(browser, server.url, 'leder@tavle.example');
	const page = await context.newPage();
	await visit(page, '/cases');
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
	await visit(page, '/cases');
	await page.keyboard.press('Tab');
	await page.keyboard.press('Enter');
	await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('content');
	await context.close();
});
