import type { Browser, BrowserContext, Page } from '@playwright/test';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { CaseBoard } from '../../server/api/case-board.ts';
import { launchChromium, signedInContext } from '../support/browser.ts';
import { aDemoDataDir, discard, startServer, type RunningServer } from '../support/server.ts';
import { caseOf, field, openBoard } from './board-page.ts';

/** Words the server has stored and whose answer never came: their author sends them again. */
let server: RunningServer;
let browser: Browser;
let lead: BrowserContext;
let page: Page;
let caseId: string;

beforeAll(async () => {
	[browser, server] = await Promise.all([launchChromium(), startServer(aDemoDataDir(inject('demoData')))]);
	lead = await signedInContext(browser, server.url, 'leder@tavle.example');
	caseId = await caseOf(lead, 'Amina Holm');
	page = await openBoard(lead, caseId);
});
afterAll(async () => {
	await browser?.close();
	await server?.stop();
	if (server) await discard(server.dataDir);
});

/** The next answer to what is sent there does not come back. */
async function loseAnswer(path: string): Promise<void> {
	let isLost = false;
	await page.route(path, async (route) => {
		if (isLost || route.request().method() !== 'POST') return route.continue();
		isLost = true;
		await route.fetch();
		await route.abort();
	});
}

async function observations(): Promise<CaseBoard['observations']> {
	return ((await (await lead.request.get(`/api/v1/cases/${caseId}/board`)).json()) as CaseBoard).observations;
}

test('a comment that is sent again stands there once', async () => {
	await loseAnswer('**/comments');
	await page
		.getByRole('button', { name: /^Kommentér observationen/ })
		.first()
		.click();
	await field(page, /Din kommentar/).fill('Sendt to gange.');
	const send = page.getByRole('button', { name: 'Send kommentar' });
	await send.click();
	await page.getByText('Kunne ikke sende. Teksten er på din enhed.').waitFor();
	await send.click();
	await page.locator('p.comment', { hasText: 'Sendt to gange.' }).waitFor();
	const comments = (await observations()).flatMap((observation) => observation.comments);
	expect(comments.filter(({ text }) => text === 'Sendt to gange.')).toHaveLength(1);
});

test('two observations whose answers were lost can both get the same new words', async () => {
	for (const words of ['Først det ene.', 'Så det andet.']) {
		await loseAnswer(`**/cases/${caseId}/observations`);
		await field(page, /Din observation/).fill(words);
		await page.getByRole('button', { name: 'Del med teamet' }).click();
		await page.getByText('Kunne ikke sende. Teksten er på din enhed.').waitFor();
		await field(page, /Din observation/).fill('Rettet til det samme.');
		await page.getByRole('button', { name: 'Del med teamet' }).click();
		await expect.poll(() => field(page, /Din observation/).inputValue()).toBe('');
	}
	const amended = (await observations()).filter(({ amendments }) => amendments.at(-1)?.text === 'Rettet til det samme.');
	expect(amended.map(({ text }) => text).toSorted()).toEqual(['Først det ene.', 'Så det andet.']);
});
