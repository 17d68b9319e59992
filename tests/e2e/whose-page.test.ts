import type { Browser, BrowserContext, Page } from '@playwright/test';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { CLOSE } from '../../board/close-codes.ts';
import { launchChromium, signedInContext } from '../support/browser.ts';
import { aDemoDataDir, DEMO_PASSWORD, discard, startServer, type RunningServer } from '../support/server.ts';
import { caseOf, field, openBoard, reads, isSeenWriting } from './board-page.ts';
import { HeldLine } from './held-line.ts';

/** A page belongs to the person it was made for, whoever the browser's cookie belongs to by now. */
const TEAM_WORDS = 'Teamets ord';
let server: RunningServer;
let browser: Browser;

beforeAll(async () => {
	[browser, server] = await Promise.all([launchChromium(), startServer(aDemoDataDir(inject('demoData')))]);
});
afterAll(async () => {
	await browser?.close();
	await server?.stop();
	if (server) await discard(server.dataDir);
});

const signIn = (who: string) => signedInContext(browser, server.url, `${who}@tavle.example`);

/** The lead's board in a tab of a browser in which somebody else has signed in since: the cookie is the teacher's. */
async function twoPeopleInOneBrowser(): Promise<{ profile: BrowserContext; page: Page; line: HeldLine }> {
	const profile = await signIn('leder');
	const page = await profile.newPage();
	const line = await HeldLine.between(page, 'team');
	await openBoard(profile, await caseOf(profile, 'Amina Holm'), page);
	const data = { email: 'underviser@tavle.example', password: DEMO_PASSWORD };
	await profile.request.post('/api/auth/sign-in/email', { data, headers: { origin: server.url } });
	return { profile, page, line };
}
async function comeBack(page: Page, password = DEMO_PASSWORD): Promise<void> {
	await page
		.getByRole('dialog')
		.getByLabel(/Adgangskode/)
		.fill(password);
	await page.keyboard.press('Enter');
	await page.getByRole('dialog').waitFor({ state: 'detached' });
}

test('a comment from the first tab is not sent in the second one’s name: its author signs in and sends it', async () => {
	const { profile, page } = await twoPeopleInOneBrowser();
	await page.getByRole('button', { name: 'Kommentér observationen fra Karin Holt' }).first().click();
	await field(page, /Din kommentar/).fill('Skrevet af Jonas.');
	await page.getByRole('button', { name: 'Send kommentar' }).click();
	const overlay = page.getByRole('dialog', { name: 'Log ind igen' });
	await overlay.waitFor();
	await expect.poll(() => overlay.innerText()).toContain('Jonas Brandt');

	const watching = await signIn('psykolog');
	const reader = await openBoard(watching, await caseOf(watching, 'Amina Holm'));
	expect(await reader.getByText('Skrevet af Jonas.').count()).toBe(0);
	await comeBack(page);
	await page.getByRole('button', { name: 'Send kommentar' }).click();
	const comment = reader.locator('p.comment', { hasText: 'Skrevet af Jonas.' });
	await comment.waitFor();
	await expect.poll(() => comment.innerText()).toMatch(/^Jonas Brandt:/);
	await expect.poll(() => comment.count()).toBe(1);
	await Promise.all([profile.close(), watching.close()]);
});

test('words on their way when the line broke are not sent in the second one’s name when the line is back', async () => {
	const { profile, page, line } = await twoPeopleInOneBrowser();
	const before = await field(page, TEAM_WORDS).inputValue();
	line.hold();
	await field(page, TEAM_WORDS).press('Control+End');
	await field(page, TEAM_WORDS).pressSequentially(' Kun Jonas.');
	await line.end(CLOSE.restarting);
	await page.getByRole('dialog', { name: 'Log ind igen' }).waitFor();
	const watching = await signIn('psykolog');
	const reader = await openBoard(watching, await caseOf(watching, 'Amina Holm'));
	await reads(reader, TEAM_WORDS, before);
	await comeBack(page);
	await reads(reader, TEAM_WORDS, `${before} Kun Jonas.`);
	await Promise.all([profile.close(), watching.close()]);
});

test('in the overlay only its own person comes back: another’s password is refused, and the words stay', async () => {
	const { profile, page } = await twoPeopleInOneBrowser();
	const words = page.getByRole('button', { name: 'Kommentér observationen fra Karin Holt' });
	await words.first().click();
	await field(page, /Din kommentar/).fill('Stadig her.');
	await page.getByRole('button', { name: 'Send kommentar' }).click();
	await page
		.getByRole('dialog')
		.getByLabel(/Adgangskode/)
		.fill('en andens kode');
	await page.keyboard.press('Enter');
	await page.getByText('Adgangskoden passer ikke. Din tekst er her endnu.').waitFor();
	expect(await page.locator('textarea').evaluateAll((boxes) => boxes.map((box) => (box as HTMLTextAreaElement).value))).toContain(
		'Stadig her.',
	);
	await profile.close();
});

test('the same tab signed in as somebody else shows and writes as them', async () => {
	const profile = await signIn('leder');
	const caseId = await caseOf(profile, 'Amina Holm');
	const page = await openBoard(profile, caseId);
	await page.locator('summary', { hasText: 'Jonas Brandt' }).click();
	await page.getByRole('button', { name: 'Log ud' }).click();
	await page.getByRole('heading', { level: 1, name: 'Log ind' }).waitFor();
	await page.getByLabel('E-mail').fill('underviser@tavle.example');
	await page.getByLabel('Adgangskode').fill(DEMO_PASSWORD);
	await page.getByRole('button', { name: 'Log ind', exact: true }).click();
	await page.getByRole('link', { name: 'Amina Holm' }).first().click();
	await page.locator('[data-live="true"]').waitFor();
	const watching = await signIn('psykolog');
	const reader = await openBoard(watching, caseId);
	await field(page, TEAM_WORDS).press('Control+End');
	await field(page, TEAM_WORDS).pressSequentially('!');
	await isSeenWriting(field(page, TEAM_WORDS), reader.getByText('Peter Dahl, underviser, skriver'));
	expect(await reader.getByText(/Jonas Brandt, teamleder, skriver/).count()).toBe(0);
	const draft = field(page, /Din observation/);
	await draft.fill('Set af Peter.');
	await page.getByRole('button', { name: 'Del med teamet' }).click();
	const shared = reader.locator('article', { hasText: 'Set af Peter.' });
	await shared.waitFor();
	await expect.poll(() => shared.innerText()).toContain('Peter Dahl');
	await Promise.all([profile.close(), watching.close()]);
});
