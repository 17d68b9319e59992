import type { Browser, BrowserContext, Page } from '@playwright/test';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { LANGUAGES } from '../../web/preferences.ts';
import { faultsOf } from '../support/accessibility.ts';
import { launchChromium, signedInContext, visit } from '../support/browser.ts';
import { aDemoDataDir, discard, type RunningServer, startServer } from '../support/server.ts';

const LEAD = 'leder@tavle.example';
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

async function asLead(language = 'da', theme = 'light'): Promise<{ context: BrowserContext; page: Page }> {
	const context = await signedInContext(browser, server.url, LEAD);
	await context.addCookies([
		{ name: 'tavle-language', value: language, url: server.url },
		{ name: 'tavle-theme', value: theme, url: server.url },
	]);
	return { context, page: await context.newPage() };
}

/** The addresses of the newest meeting and of the minutes of the first citizen it talked of. */
async function addresses(page: Page): Promise<readonly string[]> {
	await page.goto('/minutes');
	const meeting = (await page.locator('main a[href^="/minutes/"]').first().getAttribute('href'))!;
	await page.goto(meeting);
	const minutes = (await page.locator(`main a[href^="${meeting}/"]`).first().getAttribute('href'))!;
	return ['/minutes', meeting, minutes, `${minutes}/snapshot`];
}

test.each(LANGUAGES)('the pages of minutes fit everywhere, and axe finds nothing (%s)', async (language) => {
	const { context, page } = await asLead(language);
	const faults: string[] = [];
	for (const path of await addresses(page)) {
		await page.goto(path);
		faults.push(...(await faultsOf(page)).map((fault) => `${path} ${fault}`));
	}
	expect(faults).toEqual([]);
	await context.close();
});

test('an amendment is written by keyboard and stands under the minutes', async () => {
	const { context, page } = await asLead();
	const [, , minutes] = await addresses(page);
	await visit(page, minutes!);
	await page.getByRole('button', { name: 'Skriv tillæg' }).press('Enter');
	await page.keyboard.type('Bente kan først holde opstartsmøde mandag 30.11.');
	await page.keyboard.press('Tab');
	await page.keyboard.press('Enter');
	await page.locator('.amendment', { hasText: 'Bente kan først' }).waitFor();
	await expect.poll(() => page.locator('.amendment').textContent()).toContain('Jonas Brandt');
	await context.close();
});

test('the journal note is copied whole: title, status, tasks, sum and code', async () => {
	const { context, page } = await asLead();
	await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.url });
	const [, , minutes] = await addresses(page);
	await visit(page, minutes!);
	await page.getByRole('button', { name: 'Kopiér journalnotat' }).click();
	await page.getByText('Notatet er kopieret').waitFor();
	const note = await page.evaluate(() => navigator.clipboard.readText());
	for (const part of [
		await page.locator('article h1').innerText(),
		'Ugens status',
		'Opgaver i alt',
		'Til stede',
		'Øjebliksbillede',
	])
		expect(note).toContain(part);
	expect(note).toMatch(/Øjebliksbillede: [0-9a-f]{64}$/);
	await context.close();
});

test('two meetings are compared in sentences, and the chain is said to be whole', async () => {
	const { context, page } = await asLead();
	const [, , minutes] = await addresses(page);
	await visit(page, minutes!);
	await page.getByText('Kæden er hel').waitFor();
	await page.getByLabel('Sammenlign med').selectOption({ index: 1 });
	await page.getByRole('heading', { name: /Ændret siden/ }).waitFor();
	expect(await page.locator('aside li').count()).toBeGreaterThan(0);
	await context.close();
});

test('paper gets the sheet alone, and the whole code', async () => {
	const { context, page } = await asLead('da', 'dark');
	const [, , minutes] = await addresses(page);
	await page.goto(minutes!);
	await page.emulateMedia({ media: 'print' });
	expect(await page.locator('.tool').isVisible()).toBe(false);
	expect(await page.locator('main aside').isVisible()).toBe(false);
	expect((await page.locator('.paper code').innerText()).replaceAll(' ', '')).toMatch(/^[0-9a-f]{64}$/);
	const background = await page.locator('article').evaluate((sheet) => getComputedStyle(sheet).backgroundColor);
	expect(background).toBe('rgb(255, 255, 255)');
	await context.close();
});
