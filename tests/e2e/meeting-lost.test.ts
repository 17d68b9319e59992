import type { Browser, Page } from '@playwright/test';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { launchChromium, signedInContext, visit } from '../support/browser.ts';
import { aDemoDataDir, discard, startServer, type RunningServer } from '../support/server.ts';
import { apiAs, type ApiCaller } from '../support/signed-in.ts';
import { field } from './board-page.ts';
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

/** The teacher's page, with unsent words, the moment before the meeting is none of theirs. @param sealed what sealing comes to */
async function withUnsentWords(sealed: { readonly status: number; readonly code: string }): Promise<Page> {
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
	const refuse = (path: string, { status, code }: typeof sealed) =>
		page.route(path, (route) =>
			route.fulfill({ status, contentType: 'application/problem+json', body: JSON.stringify({ code }) }),
		);
	await refuse('**/api/v1/unsent-texts', sealed);
	await refuse(`**/api/v1/meetings/${meetingId}`, { status: 404, code: 'not-found' });
	return page;
}

/** Whatever happens in the meeting, its pages ask for it again. */
const stir = () => api.send('POST', `/meetings/${meetingId}/curtain`, { down: true });

test('words of a case that was erased stay neither on the screen nor on the device, and the page says so', async () => {
	const page = await withUnsentWords({ status: 404, code: 'not-found' });
	await stir();
	await page.getByText('En borgers sag er slettet for altid.').waitFor();
	await untilPieces(page, (count) => count === 0);
	expect(await page.locator('body').innerText()).not.toMatch(/Amina|Xqz|Disse ord kunne ikke sendes/);
	await page.context().close();
});

test('words that cannot be sealed now stay on the screen until they are copied, and on the device', async () => {
	const page = await withUnsentWords({ status: 500, code: 'unexpected' });
	await stir();
	await page.getByText('Disse ord kunne ikke sendes').waitFor();
	await page.getByText(UNSENT).waitFor();
	expect(await page.getByText('En borgers sag er slettet for altid.').count()).toBe(0);
	expect(await pieces(page)).toBeGreaterThan(0);
	await page.context().close();
});
