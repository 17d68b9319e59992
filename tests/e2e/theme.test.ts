import type { Browser, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
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

const paperOf = (page: Page) => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
const LIGHT = 'rgb(246, 244, 239)';
const DARK = 'rgb(17, 22, 26)';
const CONTRAST = 'rgb(255, 255, 255)';

test('without a choice the page follows the device, from the first byte', async () => {
	for (const [colorScheme, paper] of [
		['light', LIGHT],
		['dark', DARK],
	] as const) {
		const context = await browser.newContext({ baseURL: server.url, colorScheme, javaScriptEnabled: false });
		const page = await context.newPage();
		await page.goto('/sign-in');
		expect(await paperOf(page)).toBe(paper);
		await context.close();
	}
});

describe.each([true, false])('with our script: %s', (javaScriptEnabled) => {
	test('appearance and language are chosen where nobody is signed in, and last', async () => {
		const context = await browser.newContext({ baseURL: server.url, javaScriptEnabled });
		const page = await context.newPage();
		await page.goto('/sign-in');
		await page.getByRole('button', { name: 'English' }).click();
		await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
		await page.getByRole('button', { name: 'High contrast' }).click();
		await page.locator('button[aria-pressed=true]', { hasText: 'High contrast' }).waitFor();
		expect([await paperOf(page), await page.locator('html').getAttribute('lang')]).toEqual([CONTRAST, 'en']);
		await page.reload();
		expect([await paperOf(page), await page.getByRole('heading', { level: 1 }).textContent()]).toEqual([CONTRAST, 'Sign in']);
		await context.close();
	});
});

test('changing them from a page keeps the page and what is typed on it', async () => {
	const context = await signedInContext(browser, server.url, 'leder@tavle.example');
	const page = await context.newPage();
	await page.goto('/cases');
	const field = page.getByRole('searchbox');
	await field.pressSequentially('ami');
	await page.getByRole('status').filter({ hasText: '1 af 30 passer' }).waitFor({ state: 'attached' });
	await page.locator('summary', { hasText: 'Jonas Brandt' }).click();
	await page.getByRole('button', { name: 'Mørkt' }).click();
	await page.locator('html[data-theme=dark]').waitFor();
	await page.getByRole('button', { name: 'English' }).click();
	await page.getByRole('heading', { name: 'Citizens in Team Vest' }).waitFor();
	await expect.poll(() => field.inputValue()).toBe('ami');
	await context.close();
});
