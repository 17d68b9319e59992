import type { Browser, BrowserContext, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { LANGUAGES } from '../../web/preferences.ts';
import { faultsInThemes, faultsOf } from '../support/accessibility.ts';
import { launchChromium, signedInContext } from '../support/browser.ts';
import { aDemoDataDir, DEMO_PASSWORD, discard, startServer, type RunningServer } from '../support/server.ts';
import type { CaseBoard } from '../../server/api/case-board.ts';
import { caseOf } from './board-page.ts';

const ACCOUNTS = { lead: 'leder', teacher: 'underviser', mentor: 'virksomhed', prison: 'kriminalforsorg' } as const;
type Reader = keyof typeof ACCOUNTS;

let server: RunningServer;
let browser: Browser;
let people: Record<Reader, BrowserContext>;
let paths: Record<'board' | 'placement' | 'summary', string>;

beforeAll(async () => {
	server = await startServer(aDemoDataDir(inject('demoData')));
	browser = await launchChromium();
	const signedIn = Object.entries(ACCOUNTS).map(
		async ([reader, account]) => [reader, await signedInContext(browser, server.url, `${account}@tavle.example`)] as const,
	);
	people = Object.fromEntries(await Promise.all(signedIn)) as typeof people;
	const board = `/cases/${await caseOf(people.lead, 'Amina Holm')}`;
	const { placements } = (await (await people.mentor.request.get(`/api/v1${board}/board`)).json()) as CaseBoard;
	const summary = `/cases/${await caseOf(people.prison, 'Rasmus Hede')}/summary`;
	paths = { board, placement: `${board}/placements/${placements[0]!.id}`, summary };
});
afterAll(async () => {
	await browser?.close();
	await server?.stop();
	if (server) await discard(server.dataDir);
});

async function open(reader: Reader, path: string, language: (typeof LANGUAGES)[number]): Promise<Page> {
	await people[reader].addCookies([{ name: 'tavle-language', value: language, url: server.url }]);
	const page = await people[reader].newPage();
	await page.setViewportSize({ width: 1280, height: 900 });
	await page.goto(path);
	await page.locator('main[data-live="true"], main dl').first().waitFor();
	return page;
}

const VIEWS = [
	['lead', 'board'],
	['mentor', 'placement'],
	['prison', 'summary'],
] as const;

describe.each(LANGUAGES)('%s', (language) => {
	test.each(VIEWS)('what the %s sees of a case (%s) in every theme and at every width', async (reader, path) => {
		const page = await open(reader, paths[path], language);
		await expect.poll(() => page.locator('html').getAttribute('lang')).toBe(language);
		expect(await faultsOf(page)).toEqual([]);
		await page.close();
	});
});

test('the board with a lane opened, a track being added, a menu and the list of keys', async () => {
	const page = await open('lead', paths.board, 'da');
	await page.locator('[role=rowheader] button').first().click();
	await page.getByRole('button', { name: 'Tilføj spor' }).last().click();
	expect(await faultsOf(page), 'lane').toEqual([]);

	await page
		.getByRole('button', { name: /^Mere om: / })
		.first()
		.click();
	await page.getByRole('menu').waitFor();
	expect(await faultsInThemes(page), 'menu').toEqual([]);
	await page.keyboard.press('Escape');

	await page.getByRole('button', { name: 'Genveje' }).click();
	await page.getByRole('dialog').waitFor();
	expect(await faultsOf(page), 'keys').toEqual([]);
	await page.close();
});

test('the board without a connection', async () => {
	const page = await open('lead', paths.board, 'en');
	await server.signal('SIGSTOP');
	try {
		await page.getByText('No connection since').waitFor();
		await page.getByRole('textbox', { name: "The team's words" }).fill('Written without a connection.');
		expect(await faultsOf(page)).toEqual([]);
	} finally {
		await server.signal('SIGCONT');
	}
	await page.getByText('No connection since').waitFor({ state: 'detached' });
	await page.close();
});

test('signed out over the board, and then without access to it', async () => {
	const page = await open('teacher', paths.board, 'da');
	await people.teacher.request.post('/api/auth/sign-out', { headers: { origin: server.url } });
	await page.getByRole('dialog').waitFor();
	expect(await faultsOf(page), 'overlay').toEqual([]);
	await page
		.getByRole('dialog')
		.getByLabel(/Adgangskode/)
		.fill(DEMO_PASSWORD);
	await page.keyboard.press('Enter');
	await page.getByRole('dialog').waitFor({ state: 'detached' });

	const api = `/api/v1${paths.board}`;
	const board = (await (await people.lead.request.get(`${api}/board`)).json()) as CaseBoard;
	const { id } = board.people.find(({ name }) => name === 'Peter Dahl')!.access[0]!;
	await people.lead.request.delete(`${api}/access/${id}`, { headers: { origin: server.url } });
	await page.getByText('Du har ikke længere adgang til denne borger').waitFor();
	expect(await faultsOf(page), 'withdrawn').toEqual([]);
	await page.close();
});
