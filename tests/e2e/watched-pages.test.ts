/** Pages without a board of their own that stand open while rights or a session end. */
import type { Browser, BrowserContext } from '@playwright/test';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { CaseBoard, MyTasks } from '../../server/api/case-board.ts';
import { launchChromium, signedInContext, visit } from '../support/browser.ts';
import { aDemoDataDir, DEMO_PASSWORD, discard, type RunningServer, startServer } from '../support/server.ts';
import { caseOf } from './board-page.ts';

const CITIZEN = 'Amina Holm';
let browser: Browser;
let server: RunningServer;
let lead: BrowserContext;
let caseId: string;
beforeAll(async () => {
	[browser, server] = await Promise.all([launchChromium(), startServer(aDemoDataDir(inject('demoData')))]);
	lead = await signedInContext(browser, server.url, 'leder@tavle.example');
	caseId = await caseOf(lead, CITIZEN);
});
afterAll(async () => {
	await browser?.close();
	await server?.stop();
	if (server) await discard(server.dataDir);
});

const asTeacher = () => signedInContext(browser, server.url, 'underviser@tavle.example');
async function minutesPath(context: BrowserContext): Promise<string> {
	const page = await context.newPage();
	await page.goto('/minutes');
	await page.locator('main a[href^="/minutes/"]').first().click();
	await page
		.getByRole('link', { name: `Referat af ${CITIZEN}` })
		.or(page.getByRole('link', { name: CITIZEN }))
		.first()
		.click();
	await page.waitForURL(new RegExp(`/${caseId}$`));
	const path = new URL(page.url()).pathname;
	await page.close();
	return path;
}

test('minutes of a signed-out person hide behind the overlay, keep what was typed, and come back to the same person', async () => {
	const teacher = await asTeacher();
	const page = await teacher.newPage();
	await visit(page, await minutesPath(teacher));
	await page.getByRole('button', { name: 'Skriv tillæg' }).click();
	await page.getByLabel('Dit tillæg').fill('Midt i et tillæg');
	await teacher.request.post('/api/auth/sign-out', { headers: { origin: server.url } });
	const overlay = page.getByRole('dialog');
	await overlay.waitFor();
	expect(await page.locator('article').isVisible()).toBe(false);
	await overlay.getByLabel(/Adgangskode/).fill(DEMO_PASSWORD);
	await page.keyboard.press('Enter');
	await page.locator('article').waitFor();
	await expect.poll(() => page.getByLabel('Dit tillæg').inputValue()).toBe('Midt i et tillæg');
	await teacher.close();
});

test('an answer given without a network is kept, sent when it is back, and still stands there to be undone', async () => {
	const teacher = await asTeacher();
	const page = await teacher.newPage();
	const room = page.waitForEvent('websocket');
	await visit(page, '/tasks');
	await (await room).waitForEvent('framereceived', ({ payload }) => /^4[023]/.test(String(payload))); // in the room
	await server.signal('SIGSTOP');
	await teacher.setOffline(true);
	const tick = page.getByRole('checkbox', { disabled: false }).first();
	const name = (await tick.getAttribute('aria-label'))!;
	await tick.check();
	const row = page.locator('li').filter({ has: page.getByRole('checkbox', { name, exact: true }) });
	await row.getByText('på min enhed').waitFor();
	const lost = page.getByText('Ingen forbindelse siden');
	await lost.waitFor();
	const askedAgain = page.waitForResponse((response) => response.url().endsWith('/api/v1/tasks'));
	await teacher.setOffline(false);
	await server.signal('SIGCONT');
	await lost.waitFor({ state: 'detached' });
	await row.getByText('hos teamet').waitFor();
	await askedAgain;
	await row.getByRole('button', { name: 'Fortryd' }).waitFor();
	await teacher.close();
});

test('a task handed on elsewhere arrives on an open page, and not under the focus of who is in the list', async () => {
	const [teacher, consultant] = [await asTeacher(), await signedInContext(browser, server.url, 'jobkonsulent@tavle.example')];
	const [theirs, page] = [await teacher.newPage(), await consultant.newPage()];
	await visit(page, '/tasks');
	await visit(theirs, '/tasks');
	const { documents } = (await (await consultant.request.get('/api/v1/tasks')).json()) as MyTasks;
	const { citizenName, tasks } = documents.find(({ people }) => people.some(({ name }) => name === 'Peter Dahl'))!;
	const words = tasks[0]!.text;
	const row = page.locator('li').filter({ hasText: citizenName }).filter({ hasText: words }).first();
	const change = row.getByRole('button', { name: /^Ret/ });
	if ((await change.getAttribute('aria-expanded')) === 'false') await change.click();
	const arrived = theirs.locator('.words').getByText(words, { exact: true });
	const before = await arrived.count();
	await theirs.getByRole('checkbox', { disabled: false }).first().focus();
	await row.getByRole('combobox').selectOption({ label: 'Peter Dahl' });
	await theirs.getByRole('button', { name: '1 opgave er ny eller ændret, vis den' }).click();
	await expect.poll(() => arrived.count()).toBe(before + 1);
	await Promise.all([teacher.close(), consultant.close()]);
});

test('whose access ends loses the history and the tasks of that citizen at once', async () => {
	const teacher = await asTeacher();
	const { documents } = (await (await teacher.request.get('/api/v1/tasks')).json()) as MyTasks;
	const { caseId: ofTask, citizenName } = documents.find(({ caseId: id }) => id !== caseId)!;
	const pages = await Promise.all(
		[`/cases/${ofTask}/history`, '/tasks'].map(async (path) => {
			const page = await teacher.newPage();
			await visit(page, path);
			await page.getByText(citizenName).first().waitFor();
			return page;
		}),
	);
	const board = (await (await lead.request.get(`/api/v1/cases/${ofTask}/board`)).json()) as CaseBoard;
	for (const { id } of board.people.find(({ name }) => name === 'Peter Dahl')!.access)
		await lead.request.delete(`/api/v1/cases/${ofTask}/access/${id}`, { headers: { origin: server.url } });
	for (const page of pages) await expect.poll(() => page.getByText(citizenName).count(), { timeout: 10_000 }).toBe(0);
	await teacher.close();
});
