import type { Browser, BrowserContext, Page } from '@playwright/test';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { launchChromium, signedInContext } from '../support/browser.ts';
import { aDemoDataDir, DEMO_PASSWORD, discard, type RunningServer, startServer } from '../support/server.ts';

let browser: Browser;
let server: RunningServer;
let admin: BrowserContext;
beforeAll(async () => {
	[browser, server] = await Promise.all([launchChromium(), startServer(aDemoDataDir(inject('demoData')))]);
	admin = await signedInContext(browser, server.url, 'admin@tavle.example');
});
afterAll(async () => {
	await browser?.close();
	await server?.stop();
	if (server) await discard(server.dataDir);
});

async function fill(
	page: Page,
	panel: string,
	fields: Readonly<Record<string, string>>,
	submit: string,
	done: string,
): Promise<void> {
	const region = page.getByRole('region', { name: panel, exact: true });
	for (const [label, value] of Object.entries(fields)) {
		const field = region.getByLabel(label);
		if ((await field.evaluate((element) => element.tagName)) === 'SELECT') await field.selectOption({ label: value });
		else await field.fill(value);
	}
	await region.getByRole('button', { name: submit, exact: true }).click();
	await page.getByText(done).waitFor();
}

test('a whole new course, from organisation to board, by forms', async () => {
	const page = await admin.newPage();
	await page.goto('/admin/organisations');
	await fill(
		page,
		'Ny samarbejdspartner',
		{ Navn: 'Bageriet Kornet', Slags: 'Virksomhed' },
		'Opret organisation',
		'Organisationen er oprettet.',
	);
	await page.goto('/admin/people');
	const kept = { Organisation: 'Nordby Kommune (demo)', 'Første adgangskode': 'en lang adgangskode' };
	await fill(
		page,
		'Ny person',
		{ Navn: 'Nina Ny', Faglighed: 'teamleder', 'E-mail': 'nina@tavle.example', ...kept },
		'Opret person',
		'Personen er oprettet',
	);
	await page.goto('/admin/teams');
	await fill(page, 'Nyt team', { 'Teamets navn': 'Team Nord' }, 'Opret team', 'Teamet er oprettet.');
	const team = page.getByRole('region', { name: 'Team Nord' });
	await team.getByLabel('Tilføj til Team Nord').selectOption({ label: 'Nina Ny, teamleder' });
	await team.getByLabel(/^Leder teamet/).check();
	await team.getByRole('button', { name: 'Tilføj', exact: true }).click();
	await team.getByRole('cell', { name: 'Leder teamet' }).waitFor();
	await page.goto('/admin/citizens');
	await fill(page, 'Ny borger', { Navn: 'Bodil Prøve', Fødselsdag: '3.5.1998' }, 'Opret borger', 'Borgeren er oprettet.');
	const open = page.getByRole('region', { name: 'Åbn en sag' });
	await open.getByLabel('Forløb').selectOption({ index: 1 });
	await fill(page, 'Åbn en sag', { Borger: 'Bodil Prøve', Team: 'Team Nord' }, 'Åbn sag', 'Sagen er åben.');

	await page
		.getByRole('row', { name: /Bodil Prøve/ })
		.getByRole('link', { name: /^Adgang og tovholder/ })
		.click();
	await fill(
		page,
		'Giv adgang',
		{ Hvem: 'Ali Demir, social mentor', Grundlag: 'Tværfagligt team' },
		'Giv adgang',
		'Adgangen gælder fra nu.',
	);
	await fill(page, 'Tovholder', { 'Ny tovholder': 'Mette Lund, jobkonsulent' }, 'Vælg tovholder', 'Tovholderen er valgt.');
	await page.close();

	const lead = await browser.newContext({ baseURL: server.url, locale: 'da-DK' });
	const signedIn = await lead.request.post('/api/auth/sign-in/email', {
		data: { email: 'nina@tavle.example', password: 'en lang adgangskode' },
		headers: { origin: server.url },
	});
	expect(signedIn.status()).toBe(200);
	const board = await lead.newPage();
	await board.goto('/cases');
	await board.getByRole('link', { name: 'Bodil Prøve', exact: true }).click();
	await board.getByRole('heading', { level: 1, name: /Bodil Prøve/ }).waitFor();
	await lead.close();
});

test('an access that is ended lets nobody in any more', async () => {
	const lead = await signedInContext(browser, server.url, 'leder@tavle.example');
	const mentor = await signedInContext(browser, server.url, 'mentor@tavle.example');
	const [theirs, ours] = [await mentor.newPage(), await lead.newPage()];
	await theirs.goto('/cases');
	const link = theirs.locator('a.name').first();
	const [name, path] = [await link.textContent(), await link.getAttribute('href')];
	await ours.goto(`/access/${path?.split('/').at(-1)}`);
	const row = ours.getByRole('row', { name: /Ali Demir/ });
	await row.locator('summary').click();
	await row.getByRole('button', { name: /Afslut adgangen nu/ }).click();
	await ours.getByText('Adgangen er afsluttet.').waitFor();
	expect((await theirs.goto(path ?? ''))?.status()).toBe(404);
	await expect
		.poll(() => theirs.getByRole('heading', { level: 1 }).textContent())
		.toBe('Siden findes ikke, eller den er ikke din');
	expect(await theirs.content()).not.toContain(name ?? '?');
	await Promise.all([lead.close(), mentor.close()]);
});

test.each([true, false])(
	'a refused form says which field, and keeps what was typed (our script: %s)',
	async (javaScriptEnabled) => {
		const context = await browser.newContext({
			baseURL: server.url,
			locale: 'da-DK',
			javaScriptEnabled,
			storageState: await admin.storageState(),
		});
		const page = await context.newPage();
		await page.goto('/admin/people');
		const form = page.getByRole('region', { name: 'Ny person' });
		await form.getByLabel('Navn').fill('Hanne Halv');
		await form.getByLabel('E-mail').fill('ikke en adresse');
		await form.getByLabel('Første adgangskode').fill('kort');
		await form.getByRole('button', { name: 'Opret person' }).click();
		await form.getByText('Skriv hele e-mailadressen').waitFor();
		await expect.poll(() => form.getByLabel('E-mail').getAttribute('aria-invalid')).toBe('true');
		await expect.poll(() => form.getByText('Mindst 12 tegn, højst 128.').count()).toBe(1);
		expect([await form.getByLabel('Navn').inputValue(), await form.getByLabel('E-mail').inputValue()]).toEqual([
			'Hanne Halv',
			'ikke en adresse',
		]);
		await context.close();
	},
);

test('an e-mail that is taken is said at its field', async () => {
	const page = await admin.newPage();
	await page.goto('/admin/people');
	const form = page.getByRole('region', { name: 'Ny person' });
	await form.getByLabel('Navn').fill('Dobbelt');
	await form.getByLabel('Faglighed').selectOption('teacher');
	await form.getByLabel('E-mail').fill('leder@tavle.example');
	await form.getByLabel('Første adgangskode').fill(`${DEMO_PASSWORD} igen`);
	await form.getByRole('button', { name: 'Opret person' }).click();
	await form.getByText('E-mailadressen er allerede i brug.').waitFor();
	await expect.poll(() => form.getByLabel('E-mail').evaluate((field) => field === document.activeElement)).toBe(true);
	await page.close();
});

test('the administration is no page for anybody else, and other teams’ access pages do not exist', async () => {
	const lead = await signedInContext(browser, server.url, 'leder@tavle.example');
	const other = await signedInContext(browser, server.url, 'leder2@tavle.example');
	const page = await lead.newPage();
	expect((await page.goto('/admin/citizens'))?.status()).toBe(404);
	await page.goto('/cases');
	const path = await page.locator('a.name').first().getAttribute('href');
	const stranger = await other.newPage();
	expect((await stranger.goto(`/access/${path?.split('/').at(-1)}`))?.status()).toBe(404);
	await Promise.all([lead.close(), other.close()]);
});
