import type { Browser, BrowserContext, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { LANGUAGES } from '../../web/preferences.ts';
import { faultsOf, violationsOf } from '../support/accessibility.ts';
import { launchChromium, signedInContext, visit } from '../support/browser.ts';
import { aDemoDataDir, discard, type RunningServer, startServer } from '../support/server.ts';
import { openBoard } from './board-page.ts';

let browser: Browser;
let server: RunningServer;
let lead: BrowserContext;
beforeAll(async () => {
	[browser, server] = await Promise.all([launchChromium(), startServer(aDemoDataDir(inject('demoData')))]);
	lead = await signedInContext(browser, server.url, 'leder@tavle.example');
});
afterAll(async () => {
	await browser?.close();
	await server?.stop();
	if (server) await discard(server.dataDir);
});

const section = (page: Page, name: RegExp) => page.getByRole('region', { name });
async function editing(context: BrowserContext): Promise<Page> {
	const page = await context.newPage();
	await visit(page, '/templates/parallel/edit');
	return page;
}

describe.each(LANGUAGES)('%s', (language) => {
	test.each(['/templates', '/templates/parallel', '/templates/parallel/edit'])('%s has no fault', async (path) => {
		const context = await signedInContext(browser, server.url, 'leder@tavle.example');
		await context.addCookies([{ name: 'tavle-language', value: language, url: server.url }]);
		const page = await context.newPage();
		await visit(page, path);
		if (path.endsWith('edit')) await page.locator('button.title').first().click();
		expect(await faultsOf(page)).toEqual([]);
		await context.close();
	});
});

test('a new version is written and published by keyboard alone', async () => {
	const page = await editing(lead);
	const milestones = section(page, /^Delmål/);
	await milestones.getByRole('button', { name: 'Nyt delmål' }).focus();
	await page.keyboard.press('Enter');
	await page.keyboard.type('Ro i hverdagen');
	await page.keyboard.press('Alt+ArrowUp');
	await expect.poll(() => page.evaluate(() => (document.activeElement as HTMLInputElement).value)).toBe('Ro i hverdagen');
	const publish = section(page, /^Offentliggør/);
	await publish.getByText('Delmålet »Ro i hverdagen« er ny.').waitFor();

	await publish.getByRole('button', { name: 'Offentliggør version 2' }).focus();
	await page.keyboard.press('Enter');
	await milestones.getByText('Skriv noget her.').waitFor();
	await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('lang'))).toBe('en');
	await page.keyboard.type('Calm days');
	await milestones.getByRole('button', { name: /^Afrusning/ }).focus();
	await page.keyboard.press('Alt+Delete');
	await publish.getByText('Delmålet »Afrusning« er fjernet.').waitFor();
	await page.keyboard.press('Enter');
	await expect.poll(() => publish.getByText('Delmålet »Afrusning« er fjernet.').count(), { timeout: 20_000 }).toBe(0);

	await publish.getByRole('button', { name: 'Offentliggør version 2' }).focus();
	await page.keyboard.press('Enter');
	await page.getByText('Version 2 er offentliggjort.').waitFor();
	await section(page, /^Ændret siden version 1/)
		.getByText('Delmålet »Ro i hverdagen« er ny.')
		.waitFor();
	await page.close();
});

test('who publishes second is told, keeps every word, and publishes on top of the first', async () => {
	const admin = await signedInContext(browser, server.url, 'admin@tavle.example');
	const [mine, theirs] = [await editing(lead), await editing(admin)];
	const write = async (page: Page, words: string) => {
		await section(page, /^Navn/).getByLabel('Navn, dansk').fill(words);
		await page.getByRole('button', { name: /^Offentliggør version/ }).click();
	};
	await write(theirs, 'Deres navn');
	await theirs.getByText(/Version \d er offentliggjort\./).waitFor();
	await write(mine, 'Mit navn');
	const conflict = mine.getByRole('alert');
	await conflict.getByText(/var »Parallelforløb« og er nu »Deres navn«/).waitFor();
	await expect.poll(() => section(mine, /^Navn/).getByLabel('Navn, dansk').inputValue()).toBe('Mit navn');
	await conflict.getByRole('button', { name: /^Fortsæt oven på version/ }).click();
	await section(mine, /^Offentliggør/)
		.getByText(/var »Deres navn« og er nu »Mit navn«/)
		.waitFor();
	await mine.getByRole('button', { name: /^Offentliggør version/ }).click();
	await mine.getByRole('heading', { level: 1, name: 'Mit navn' }).waitFor();
	await Promise.all([admin.close(), mine.close()]);
});

test('nobody else is shown the way to templates, or finds them', async () => {
	const teacher = await signedInContext(browser, server.url, 'underviser@tavle.example');
	const page = await teacher.newPage();
	await page.goto('/cases');
	expect(await page.getByRole('link', { name: 'Skabeloner' }).count()).toBe(0);
	expect((await page.goto('/templates'))?.status()).toBe(404);
	expect((await page.goto('/templates/parallel/edit'))?.status()).toBe(404);
	await teacher.close();
});

test('the board offers a track against a problem, says why a track is there, and sets the phase for everybody', async () => {
	const list = await lead.newPage();
	await list.goto('/cases');
	const path = await list.locator('a.name').first().getAttribute('href');
	const caseId = path?.split('/').at(-1) ?? '';
	const [page, other] = [await openBoard(lead, caseId), await openBoard(lead, caseId)];

	await page.getByRole('button', { name: 'Vis trin' }).click();
	await page
		.getByRole('button', { name: /^Sæt som nuværende fase/ })
		.first()
		.click();
	const steps = page.getByRole('list', { name: 'Fase', exact: true });
	await steps.locator('li[aria-current="step"]').getByText('Visitation').waitFor();
	await other.locator('ol[aria-label="Fase"] li[aria-current="step"]').getByText('Visitation').waitFor();

	await page.getByRole('button', { name: 'Tilføj spor' }).last().click();
	await page.getByLabel(/^Hvad står i vejen/).selectOption({ label: 'Ensomhed og manglende sociale evner' });
	await page.getByRole('radio', { name: /^Social mentor/ }).check();
	await page.getByText('Social mentor er mest nødvendig under 25 år').waitFor();
	const before = await page.getByRole('rowheader', { name: /Social mentor/ }).count();
	await page.locator('form').getByRole('button', { name: 'Tilføj spor', exact: true }).click();
	await expect.poll(() => page.getByRole('rowheader', { name: /Social mentor/ }).count(), { timeout: 20_000 }).toBe(before + 1);

	await page.getByRole('button', { name: 'Hvorfor dette spor?' }).click();
	await page.getByText('Hvorfor Social mentor?').waitFor();
	expect(await violationsOf(page)).toEqual([]);
	await Promise.all([list.close(), page.close(), other.close()]);
});
