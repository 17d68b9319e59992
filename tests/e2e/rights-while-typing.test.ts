import type { Browser, BrowserContext, Page } from '@playwright/test';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { addDays, dayOf } from '../../domain/iso-week.ts';
import type { CaseBoard } from '../../server/api/case-board.ts';
import { launchChromium, signedInContext } from '../support/browser.ts';
import { aDemoDataDir, discard, startServer, type RunningServer } from '../support/server.ts';
import { caseOf, field, openBoard } from './board-page.ts';
import { HeldLine } from './held-line.ts';

const TEAM_WORDS = 'Teamets ord';
const TEACHER = 'Peter Dahl';
const GONE = 'Du har ikke længere adgang til denne borger';
let server: RunningServer;
let browser: Browser;
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

const boardOf = async (context: BrowserContext, caseId: string): Promise<CaseBoard> =>
	(await (await context.request.get(`/api/v1/cases/${caseId}/board`)).json()) as CaseBoard;
async function asLead(method: 'post' | 'delete', path: string, data?: object): Promise<void> {
	const answer = await lead.request[method](`/api/v1${path}`, { headers: { origin: server.url }, ...(data && { data }) });
	if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`);
}
/** The teacher writing on a board whose line can be held. */
async function aTeacherAt(citizen: string): Promise<{ teacher: BrowserContext; caseId: string; page: Page; line: HeldLine }> {
	const teacher = await signedInContext(browser, server.url, 'underviser@tavle.example');
	const caseId = await caseOf(teacher, citizen);
	const page = await teacher.newPage();
	const line = await HeldLine.between(page, 'team');
	await openBoard(teacher, caseId, page);
	return { teacher, caseId, page, line };
}
async function typeUnsent(page: Page, line: HeldLine, words: string): Promise<void> {
	line.hold();
	await field(page, TEAM_WORDS).press('Control+End');
	await field(page, TEAM_WORDS).pressSequentially(words);
	await page.getByText('1 på min enhed').first().waitFor();
}
async function citizensOf(who: string): Promise<readonly string[]> {
	const teacher = await signedInContext(browser, server.url, `${who}@tavle.example`);
	const { cases } = (await (await teacher.request.get('/api/v1/cases')).json()) as { cases: { citizenName: string }[] };
	await teacher.close();
	return cases.map(({ citizenName }) => citizenName);
}
const accessesOf = async (caseId: string) => (await boardOf(lead, caseId)).people.find(({ name }) => name === TEACHER)!.access;

test('a case closed while somebody types: the page says so, the words are kept for their author, the team reads none of them', async () => {
	const citizen = (await citizensOf('underviser')).find((name) => name !== 'Amina Holm')!;
	const { teacher, caseId, page, line } = await aTeacherAt(citizen);
	await typeUnsent(page, line, ' Midt i en sætning.');
	await asLead('post', `/cases/${caseId}/close`);
	await page.getByRole('textbox', { name: TEAM_WORDS }).waitFor({ state: 'detached' });
	line.release();
	await page.getByText('1 tekst, du ikke nåede at sende, er gemt forseglet til dig.').waitFor();
	await page.getByText('Alt er hos teamet').first().waitFor();
	expect(JSON.stringify(await boardOf(lead, caseId))).not.toContain('Midt i en sætning');

	await page.reload();
	await page.getByRole('button', { name: 'Åbn', exact: true }).click();
	await page.locator('blockquote', { hasText: 'Midt i en sætning.' }).waitFor();
	await teacher.close();
});

test('a comment being written when the case closes is not lost either', async () => {
	const names = await citizensOf('underviser');
	const citizen = names.filter((name) => name !== 'Amina Holm')[1]!;
	const { teacher, caseId, page } = await aTeacherAt(citizen);
	await page
		.getByRole('button', { name: /^Kommentér observationen fra/ })
		.first()
		.click();
	await field(page, /Din kommentar/).fill('Halv kommentar');
	await asLead('post', `/cases/${caseId}/close`);
	await page.getByRole('textbox', { name: TEAM_WORDS }).waitFor({ state: 'detached' });
	const stands = page
		.getByText('Halv kommentar')
		.or(field(page, /Din kommentar/))
		.first();
	await stands.waitFor();
	await teacher.close();
});

test('rights narrowed while typing: what may no longer be read is gone within a second and stays gone while the server cannot be asked', async () => {
	const caseId = await caseOf(lead, 'Amina Holm');
	const { personId } = { personId: (await boardOf(lead, caseId)).people.find(({ name }) => name === TEACHER)!.id };
	const wide = { personId, placementId: null, basis: 'consent', untilDay: addDays(dayOf(new Date()), 1), addsClinical: true };
	const before = (await accessesOf(caseId)).map(({ id }) => id);
	await asLead('post', `/cases/${caseId}/access`, { ...wide, addsJustice: false });
	const given = (await accessesOf(caseId)).find(({ id }) => !before.includes(id))!;
	const psychologist = await signedInContext(browser, server.url, 'psykolog@tavle.example');
	const secret = { draftId: crypto.randomUUID(), text: 'Kun klinisk.', kind: 'fact', trackId: null, compartment: 'clinical' };
	const shared = await psychologist.request.post(`/api/v1/cases/${caseId}/observations`, {
		data: secret,
		headers: { origin: server.url },
	});
	expect(shared.ok()).toBe(true);

	const { teacher, page } = await aTeacherAt('Amina Holm');
	const clinical = page.getByText('Kun klinisk.');
	await clinical.waitFor();
	await page.route('**/api/v1/cases/*/board', (route) => route.abort());
	await field(page, TEAM_WORDS).press('Control+End');
	await field(page, TEAM_WORDS).pressSequentially(' Skriver.');
	await asLead('delete', `/cases/${caseId}/access/${given.id}`);
	await clinical.waitFor({ state: 'detached', timeout: 1_000 });
	const failed = [0, 1].map(() => page.waitForEvent('requestfailed', (request) => request.url().endsWith('/board')));
	await Promise.all(failed);
	expect(await page.locator('main').textContent()).not.toContain('Kun klinisk.');

	await page.unroute('**/api/v1/cases/*/board');
	await page.locator('article').first().waitFor();
	expect(await page.locator('main').textContent()).not.toContain('Kun klinisk.');
	await field(page, TEAM_WORDS).pressSequentially(' Og videre.');
	await page.getByText('Alt er hos teamet').first().waitFor();
	await Promise.all([teacher.close(), psychologist.close()]);
});

test('access withdrawn while typing: blank within a second, the words sealed, and it stays so when access is given anew elsewhere', async () => {
	const { teacher, caseId, page, line } = await aTeacherAt('Amina Holm');
	await typeUnsent(page, line, ' Ikke nået.');
	for (const { id } of await accessesOf(caseId)) await asLead('delete', `/cases/${caseId}/access/${id}`);
	await page.getByText(GONE).waitFor({ timeout: 1_000 });
	expect(await page.locator('body').innerText()).not.toMatch(/Amina|Ikke nået/);
	line.release();

	const sealed = async () => (await boardOf(lead, caseId)).unsentTexts;
	await expect.poll(sealed).toMatchObject([{ author: { name: TEACHER }, mayOpen: false }]);
	expect(JSON.stringify(await boardOf(lead, caseId))).not.toContain('Ikke nået');
	const sockets: string[] = [];
	page.on('websocket', (socket) => sockets.push(socket.url()));
	expect((await teacher.request.get(`/cases/${caseId}`)).status()).toBe(404);
	await page.evaluate(() => {
		dispatchEvent(new Event('offline'));
		dispatchEvent(new Event('online'));
		document.dispatchEvent(new Event('visibilitychange'));
	});
	expect([await page.getByText(GONE).count(), sockets]).toEqual([1, []]);
	await teacher.close();
});
