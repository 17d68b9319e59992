import type { Browser, Page, Route } from '@playwright/test';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { CaseBoard } from '../../server/api/case-board.ts';
import { launchChromium, signedInContext, visit } from '../support/browser.ts';
import { aDemoDataDir, discard, startServer, type RunningServer } from '../support/server.ts';
import { apiAs, type ApiCaller } from '../support/signed-in.ts';
import { caseOf, field, openBoard } from './board-page.ts';
import { HeldLine } from './held-line.ts';
import { agendaOf, button, isAt } from './meeting-page.ts';
import { pieces, untilKept, untilPieces } from './on-device.ts';

/** A meeting that is somebody's no more while they have words in it that were not sent. */
const AMINA = 'Amina Holm';
const UNSENT = 'Xqzaldrigsendtqzx';
let server: RunningServer;
let browser: Browser;
let api: ApiCaller;
let meetingId: string;

beforeAll(async () => {
	[browser, server] = await Promise.all([launchChromium(), startServer(aDemoDataDir(inject('demoData')))]);
	api = await apiAs(server.url, 'leder');
	const { leads } = await api.get<{ leads: string[] }>('/me');
	({ meetingId } = await api.send<{ meetingId: string }>('POST', '/meetings', { teamId: leads[0]! }));
	await agendaOf(api, meetingId, [AMINA]);
	const context = await signedInContext(browser, server.url, 'leder@tavle.example');
	const lead = await context.newPage();
	await visit(lead, `/meeting/${meetingId}`);
	await button(lead, 'Åbn mødet').click();
	await button(lead, 'Gå til den første').click();
	await isAt(lead, AMINA);
	await context.close();
});
afterAll(async () => {
	await browser?.close();
	await server?.stop();
	if (server) await discard(server.dataDir);
});

const refused = (status: number, code: string) => (route: Route) =>
	route.fulfill({ status, contentType: 'application/problem+json', body: JSON.stringify({ code }) });

/** The teacher's page, with unsent words, the moment before the meeting is none of theirs. @param sealing what it comes to */
async function withUnsentWords(sealing: (route: Route) => Promise<void>): Promise<Page> {
	const context = await signedInContext(browser, server.url, 'underviser@tavle.example');
	const page = await context.newPage();
	const line = await HeldLine.between(page, 'team');
	await visit(page, `/meeting/${meetingId}`);
	await isAt(page, AMINA);
	line.hold();
	await field(page, 'Det har ændret sig').click();
	await page.keyboard.insertText(UNSENT);
	await page.getByText('1 på min enhed').first().waitFor();
	await untilKept(page);
	await page.route('**/api/v1/unsent-texts', sealing);
	await page.route(`**/api/v1/meetings/${meetingId}`, refused(404, 'not-found'));
	return page;
}

/** Whatever happens in the meeting, its pages ask for it again. */
const stir = () => api.send('POST', `/meetings/${meetingId}/curtain`, { down: true });

test('words of a case that was erased stay neither on the screen nor on the device, and the page says so', async () => {
	const page = await withUnsentWords(refused(404, 'not-found'));
	await stir();
	await page.getByText('En borgers sag er slettet for altid.').waitFor();
	await untilPieces(page, (count) => count === 0);
	expect(await page.locator('body').innerText()).not.toMatch(/Amina|Xqz|Disse ord kunne ikke sendes/);
	await page.context().close();
});

test('words that cannot be sealed now stay on the screen until they are copied, and on the device', async () => {
	const page = await withUnsentWords(refused(500, 'unexpected'));
	await stir();
	await page.getByText('Disse ord kunne ikke sendes').waitFor();
	await page.getByText(UNSENT).waitFor();
	expect(await page.getByText('En borgers sag er slettet for altid.').count()).toBe(0);
	expect(await pieces(page)).toBeGreaterThan(0);
	await page.context().close();
});

test('words that are being sealed are no other tab’s to send: they are sealed and stand nowhere else', async () => {
	const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
	const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
	const page = await withUnsentWords(async (route) => {
		ask();
		await answered;
		await route.continue();
	});
	const caseId = await caseOf(page.context(), AMINA);
	await stir();
	await asked;
	const second = await page.context().newPage();
	const keys = second.waitForResponse(/offline-keys$/);
	await openBoard(page.context(), caseId, second);
	await keys;
	await field(second, 'Teamets ord').press('Control+End');
	await second.keyboard.insertText(' Xqzefterqzx');
	const board = () => api.get<CaseBoard>(`/cases/${caseId}/board`);
	await expect.poll(async () => JSON.stringify((await board()).documents)).toContain('Xqzefterqzx');
	const before = (await board()).unsentTexts.length;
	answer();
	await expect.poll(async () => (await board()).unsentTexts.length).toBe(before + 1);
	await untilPieces(page, (count) => count === 0);
	expect(await second.getByText(/Det, du skrev kl\./).count()).toBe(0);
	expect(JSON.stringify((await board()).documents)).not.toContain(UNSENT);
	await page.context().close();
});
