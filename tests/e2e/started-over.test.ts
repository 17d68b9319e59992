import type { Browser, BrowserContext, Page } from '@playwright/test';
import { afterAll, beforeAll, beforeEach, afterEach, expect, inject, test } from 'vitest';
import { CLOSE } from '../../board/close-codes.ts';
import { faultsOf } from '../support/accessibility.ts';
import { launchChromium, signedInContext, visit } from '../support/browser.ts';
import { aDemoDataDir, discard, startServer, type RunningServer } from '../support/server.ts';
import { caseOf, field, lane, openBoard, reads, tapWay } from './board-page.ts';
import { HeldLine } from './held-line.ts';

const TEAM_WORDS = 'Teamets ord';
const UNSENT = ' Aldrig sendt.';
let server: RunningServer;
let browser: Browser;
let teacher: BrowserContext;
let caseId: string;
let page: Page;
let line: HeldLine;
let before: string;

beforeAll(async () => {
	[browser, server] = await Promise.all([launchChromium(), startServer(aDemoDataDir(inject('demoData')))]);
});
beforeEach(async () => {
	teacher = await signedInContext(browser, server.url, 'underviser@tavle.example');
	caseId = await caseOf(teacher, 'Amina Holm');
	page = await teacher.newPage();
	line = await HeldLine.between(page, 'team');
	await openBoard(teacher, caseId, page);
	before = await field(page, TEAM_WORDS).inputValue();
});
afterEach(() => teacher.close());
afterAll(async () => {
	await browser?.close();
	await server?.stop();
	if (server) await discard(server.dataDir);
});

/** Words that are on this device and nowhere else. */
async function typeUnsent(words: string): Promise<void> {
	line.hold();
	await field(page, TEAM_WORDS).press('Control+End');
	await field(page, TEAM_WORDS).pressSequentially(words);
	await page.getByText('1 på min enhed').first().waitFor();
}

/** A goal of three lines is long; the list of drafts shows where one begins. */
const draftsOf = (where: Page) => where.locator('#composer .drafts button.open').allInnerTexts();

const ENDINGS: readonly (readonly [string, () => Promise<void> | void])[] = [
	['bytes nobody speaks (4400, from the server itself)', () => line.garble([0, 2, 255, 255, 255])],
	['rights that narrowed (4409)', () => line.end(CLOSE.rightsNarrowed)],
	['an old epoch (4410)', () => line.end(CLOSE.oldEpoch)],
];

test.each(ENDINGS)('%s: the board starts over, and what was not sent is a private draft', async (_, end) => {
	await typeUnsent(UNSENT);
	await end();
	await page.getByText('Tavlen er åbnet på ny. 1 tekst, du ikke nåede at sende, ligger som kladde hos dig.').waitFor();
	await reads(page, TEAM_WORDS, before);
	await page.locator('[data-live="true"]').waitFor();
	await page.getByText('Alt er hos teamet').first().waitFor();

	await page.reload();
	await page.locator('[data-live="true"]').waitFor();
	expect([...(await draftsOf(page)), await field(page, /Din observation/).inputValue()].join('\n')).toContain(
		before.slice(0, 20),
	);
	const other = await signedInContext(browser, server.url, 'leder@tavle.example');
	const board = await (await other.request.get(`/api/v1/cases/${caseId}/board`)).text();
	expect(board).not.toContain(UNSENT.trim());
	await other.close();
});

test('the lead goes back in the history: the question says who is there, and the person is told who did it and where the words are', async () => {
	await typeUnsent(UNSENT);
	const lead = await signedInContext(browser, server.url, 'leder@tavle.example');
	const history = await lead.newPage();
	await visit(history, `/cases/${caseId}/history`);
	await history.getByRole('link', { name: /^Tidligere/ }).click();
	await history.locator('li.moment').last().getByRole('link', { name: 'Vis planen, som den var' }).click();
	await history.getByRole('link', { name: 'Gå tilbage til dette tidspunkt' }).click();
	const question = history.getByRole('dialog', { name: /^Gå tilbage til/ });
	await question.getByText('Peter Dahl har planen åben nu.').waitFor();
	expect(await question.locator('dt').count()).toBeGreaterThan(0);
	expect(await faultsOf(history)).toEqual([]);
	await question.getByRole('button', { name: 'Gå tilbage', exact: true }).click();
	await history.locator('li.moment').first().getByText('Satte planen tilbage til, som den stod').waitFor();

	await page
		.getByText(/Tavlen er åbnet på ny\. Jonas Brandt har sat planen tilbage til, som den stod .* ligger som kladde/)
		.waitFor();
	line.release();
	await page.locator('[data-live="true"]').waitFor();
	await page.getByText('Alt er hos teamet').first().waitFor();
	expect([...(await draftsOf(page)), await field(page, /Din observation/).inputValue()].join('\n')).toContain(
		before.slice(0, 20),
	);
	expect(await field(page, TEAM_WORDS).inputValue()).not.toContain(UNSENT.trim());
	await lead.close();
});

test('what was done before an epoch ended is not taken back in the plan that came for it', async () => {
	const undo = page.getByRole('button', { name: 'Fortryd min seneste ændring' });
	await tapWay(await lane(page, 'Motion'), 'Fremad');
	await page.getByText('Alt er hos teamet').first().waitFor();
	expect(await undo.isEnabled()).toBe(true);
	await line.end(CLOSE.oldEpoch);
	await page.getByText('Tavlen er åbnet på ny.').waitFor();
	await page.locator('[data-live="true"]').waitFor();
	expect(await undo.isEnabled()).toBe(false);
});

test('after starting over one goes on writing, and it reaches the team', async () => {
	await typeUnsent(UNSENT);
	await line.end(CLOSE.oldEpoch);
	await page.getByText('Tavlen er åbnet på ny.').waitFor();
	await page.locator('[data-live="true"]').waitFor();
	await field(page, TEAM_WORDS).press('Control+End');
	await field(page, TEAM_WORDS).pressSequentially(' Igen.');
	await page.getByText('Alt er hos teamet').first().waitFor();
	await page.reload();
	await reads(page, TEAM_WORDS, `${before} Igen.`);
});

test('a page too old (4426) says so, seals what was not sent, and gives it back as a draft on the new page', async () => {
	await typeUnsent(' Til den nye side.');
	await line.end(CLOSE.clientTooOld);
	await page.getByText('Tavlen er blevet fornyet. Hent siden igen.').waitFor();
	expect(await page.locator('body').innerText()).not.toContain('Amina');
	await page.getByRole('button', { name: 'Hent siden igen' }).click();
	await page.getByText(/Gemt til dig: \d+ tegn/).waitFor();
	await page.getByRole('button', { name: 'Åbn', exact: true }).click();
	await page.getByText(/Gemt til dig: \d+ tegn/).waitFor({ state: 'detached' });
	await page.getByText('Alt er hos teamet').first().waitFor();
	expect((await draftsOf(page)).join('\n')).toContain(before.slice(0, 20));
});

test('an erased case: the administrator types the initials and gets a receipt; whoever had it open is told, with and without unsent words, and keeps no word of it', async () => {
	await typeUnsent(UNSENT);
	await page.route('**/api/v1/unsent-texts', (route) =>
		route.fulfill({ status: 404, contentType: 'application/problem+json', body: JSON.stringify({ code: 'not-found' }) }),
	);
	await line.end(CLOSE.notFound);
	await page.getByRole('heading', { name: 'Sagen findes ikke længere' }).waitFor();
	expect(await page.locator('body').innerText()).not.toMatch(/Amina|Aldrig sendt/);

	const lead = await signedInContext(browser, server.url, 'leder@tavle.example');
	const reading = await openBoard(lead, caseId);
	expect((await lead.request.post(`/api/v1/cases/${caseId}/close`)).status()).toBe(200);
	const admin = await signedInContext(browser, server.url, 'admin@tavle.example');
	const access = await admin.newPage();
	await visit(access, `/access/${caseId}`);
	await access.getByText('Slet sagen for altid …').click();
	const initials = access.getByRole('textbox', { name: 'Skriv borgerens initialer' });
	await initials.fill('XY');
	await access.getByRole('button', { name: 'Slet sagen for altid', exact: true }).click();
	await access.getByText('Det er ikke borgerens initialer. Intet er slettet.').waitFor();
	expect(await faultsOf(access)).toEqual([]);
	await initials.fill('AH');
	await access.getByRole('button', { name: 'Slet sagen for altid', exact: true }).click();
	await access.getByText('Sagen er slettet, og nøglen er destrueret.').waitFor();
	expect(await access.locator('main').innerText()).not.toContain('Amina Holm');
	await reading.getByRole('heading', { name: 'Sagen findes ikke længere' }).waitFor();
	expect(await reading.locator('body').innerText()).not.toContain('Amina');
	expect((await teacher.request.get(`/cases/${caseId}`)).status()).toBe(404);
	await Promise.all([lead.close(), admin.close()]);
});
