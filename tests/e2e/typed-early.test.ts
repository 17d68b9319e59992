import type { Browser, BrowserContext, Page } from '@playwright/test';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { launchChromium, signedInContext, untilAlive } from '../support/browser.ts';
import { aDemoDataDir, discard, type RunningServer, startServer } from '../support/server.ts';
import { caseOf, lane, tapWay } from './board-page.ts';

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

/** A page whose program is on its way until `arrive` lets it come; resolves when the page is alive. */
async function slowly(context: BrowserContext, path: string): Promise<{ page: Page; arrive: () => Promise<void> }> {
	const page = await context.newPage();
	const { promise: arrived, resolve: release } = Promise.withResolvers<void>();
	await page.route('**/_app/**/*.js', async (route) => {
		await arrived;
		await route.continue();
	});
	await page.goto(path, { waitUntil: 'commit' });
	return {
		page,
		arrive: async () => {
			release();
			await untilAlive(page);
		},
	};
}

test('a form filled before the page is alive is sent as it was filled', async () => {
	const admin = await signedInContext(browser, server.url, 'admin@tavle.example');
	const { page, arrive } = await slowly(admin, '/admin/people');
	const form = page.getByRole('region', { name: 'Ny person' });
	await form.getByLabel('Navn').fill('Tove Tidlig');
	await form.getByLabel('Faglighed').selectOption('teacher');
	await arrive();
	await expect.poll(() => form.getByLabel('Navn').inputValue()).toBe('Tove Tidlig');
	await expect.poll(() => form.getByLabel('Faglighed').inputValue()).toBe('teacher');
	await form.getByLabel('E-mail').fill('tove@tavle.example');
	await form.getByLabel('Første adgangskode').fill('en ganske lang kode');
	await form.getByRole('button', { name: 'Opret person' }).click();
	await page.getByRole('row', { name: /Tove Tidlig/ }).waitFor();
	await expect.poll(() => page.getByRole('row', { name: /Tove Tidlig/ }).innerText()).toContain('underviser');
	await admin.close();
});

test('what was ticked before the page is alive is ticked, and what hangs on it follows', async () => {
	const lead = await signedInContext(browser, server.url, 'leder@tavle.example');
	const { page, arrive } = await slowly(lead, `/access/${await caseOf(lead, 'Amina Holm')}`);
	await page.getByRole('checkbox').first().check();
	await arrive();
	await expect.poll(() => page.getByRole('checkbox').first().isChecked()).toBe(true);
	await lead.close();
});

test('a status and an attendance chosen before the board is alive reach the team', async () => {
	const lead = await signedInContext(browser, server.url, 'leder@tavle.example');
	const caseId = await caseOf(lead, 'Amina Holm');
	const { page, arrive } = await slowly(lead, `/cases/${caseId}`);
	const early = await lane(page, 'Motion');
	await tapWay(early, 'Tilbage');
	const came = await early.getByRole('combobox').locator('option').nth(1).getAttribute('value');
	await early.getByRole('combobox').selectOption(came);
	await arrive();
	await page.locator('[data-live="true"]').waitFor();
	await page.getByText('Alt er hos teamet').first().waitFor();
	await page.reload();
	const stored = await lane(page, 'Motion');
	await stored.locator('label.on', { hasText: 'Tilbage' }).waitFor();
	await expect.poll(() => stored.getByRole('combobox').inputValue()).toBe(came);
	await lead.close();
});
