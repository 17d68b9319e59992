import type { Browser, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { launchChromium } from '../support/browser.ts';
import { aDemoDataDir, DEMO_PASSWORD, discard, type RunningServer, startServer } from '../support/server.ts';

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

async function aPage(options: { readonly javaScriptEnabled?: boolean } = {}): Promise<Page> {
	const context = await browser.newContext({ baseURL: server.url, locale: 'da-DK', timezoneId: 'Europe/Copenhagen', ...options });
	return context.newPage();
}
async function signIn(page: Page, email: string, password: string): Promise<void> {
	await page.getByLabel('E-mail').fill(email);
	await page.getByLabel('Adgangskode').fill(password);
	await page.getByRole('button', { name: 'Log ind', exact: true }).click();
}

describe.each([true, false])('with our script: %s', (javaScriptEnabled) => {
	test('one comes to the citizens of one’s own team', async () => {
		const page = await aPage({ javaScriptEnabled });
		await page.goto('/');
		await signIn(page, 'leder@tavle.example', DEMO_PASSWORD);
		await page.getByRole('heading', { level: 1, name: 'Borgere i Team Vest' }).waitFor();
		await expect.poll(() => page.getByRole('rowheader', { name: 'Amina Holm' }).count()).toBe(1);
		await page.context().close();
	});

	test('a refused sign-in is told calmly and keeps the e-mail', async () => {
		const page = await aPage({ javaScriptEnabled });
		await page.goto('/sign-in');
		await signIn(page, 'leder@tavle.example', 'ikke den rigtige');
		await page.getByText('E-mail og adgangskode passer ikke sammen').waitFor();
		await expect.poll(() => page.getByLabel('E-mail').inputValue()).toBe('leder@tavle.example');
		await page.context().close();
	});

	test('whoever was on the way to a page gets there', async () => {
		const page = await aPage({ javaScriptEnabled });
		await page.goto('/admin/teams');
		await signIn(page, 'admin@tavle.example', DEMO_PASSWORD);
		await page.getByRole('heading', { name: 'Team Vest' }).waitFor();
		expect(new URL(page.url()).pathname).toBe('/admin/teams');
		await page.context().close();
	});

	test('one press on a demonstration’s name signs in, and signing out ends it', async () => {
		const page = await aPage({ javaScriptEnabled });
		await page.goto('/sign-in');
		await page.getByRole('button', { name: 'psykolog', exact: true }).click();
		await page.getByRole('heading', { level: 1, name: 'Borgere' }).waitFor();
		await page.locator('summary', { hasText: 'Sofie Krag' }).click();
		await page.getByRole('button', { name: 'Log ud' }).click();
		await page.getByRole('heading', { level: 1, name: 'Log ind' }).waitFor();
		await page.goto('/cases');
		expect(new URL(page.url()).pathname).toBe('/sign-in');
		await page.context().close();
	});
});

test('the unknown and the wrong password are told in the same words', async () => {
	const page = await aPage();
	await page.goto('/sign-in');
	const told: (string | null)[] = [];
	for (const email of ['leder@tavle.example', 'ingen@tavle.example']) {
		await signIn(page, email, 'ikke den rigtige');
		told.push(await page.getByText('passer ikke sammen').textContent());
	}
	expect(told[0]).toBe(told[1]);
	await page.context().close();
});

test('every page says that it is a demonstration', async () => {
	const page = await aPage();
	await page.goto('/sign-in');
	expect(await page.getByRole('complementary', { name: 'Demo' }).textContent()).toContain(
		'alle borgere og hændelser er opdigtede',
	);
	await page.context().close();
});
