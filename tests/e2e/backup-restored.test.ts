/** An old backup is put in place while a board is open: what the page had read of others does not come back with it. docs/guide/operations.md. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Browser, BrowserContext } from '@playwright/test';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { launchChromium, signedInContext, visit } from '../support/browser.ts';
import { aDemoDataDir, discard, startServer, type RunningServer } from '../support/server.ts';
import { caseOf, field, openBoard, reads } from './board-page.ts';

const TEAM_WORDS = 'Teamets ord';
const ROOT = join(import.meta.dirname, '../..');
let browser: Browser;
let server: RunningServer;
let dataDir: string;
let backup: string;
let teacher: BrowserContext;
let lead: BrowserContext;

beforeAll(async () => {
	dataDir = aDemoDataDir(inject('demoData'));
	[browser, server] = await Promise.all([launchChromium(), startServer(dataDir)]);
	[teacher, lead] = await Promise.all([
		signedInContext(browser, server.url, 'underviser@tavle.example'),
		signedInContext(browser, server.url, 'leder@tavle.example'),
	]);
	await server.stop();
	backup = aDemoDataDir(dataDir);
	await start(dataDir);
});
afterAll(async () => {
	await browser?.close();
	await server?.stop();
	await Promise.all([dataDir, backup].filter(Boolean).map(discard));
});

/** Where it was before, so that open pages find it again. */
async function start(on: string): Promise<void> {
	server = await startServer(on, { PORT: new URL(server.url).port });
}

function closeOldPages(): string {
	const env = { PATH: process.env.PATH, DATA_DIR: backup, LANG: 'da_DK.UTF-8' };
	return execFileSync('node', [join(ROOT, 'server/tavle.ts'), 'close-old-pages'], { env, encoding: 'utf8' });
}

test('the page starts over, says why, keeps what its author had not sent, and sends nothing of what it had read', async () => {
	const caseId = await caseOf(teacher, 'Amina Holm');
	const page = await openBoard(teacher, caseId);
	const before = await field(page, TEAM_WORDS).inputValue();
	const colleague = await openBoard(lead, caseId);
	await field(colleague, TEAM_WORDS).press('Control+End');
	await field(colleague, TEAM_WORDS).pressSequentially(' Efter kopien.');
	await reads(page, TEAM_WORDS, `${before} Efter kopien.`);
	await colleague.close();

	await server.stop();
	await field(page, TEAM_WORDS).press('Control+End');
	await field(page, TEAM_WORDS).pressSequentially(' Aldrig sendt.');
	expect(closeOldPages()).toMatch(/^\d+ dokumenter har fået et nyt navn\./);
	await start(backup);

	await page
		.getByText(
			/^Tavlen er åbnet på ny\. Tavlen er sat tilbage til en sikkerhedskopi\. Planen står, som den gjorde .* ligger som kladde/,
		)
		.waitFor();
	await page.locator('[data-live="true"]').waitFor();
	await page.getByText('Alt er hos teamet').first().waitFor();
	await reads(page, TEAM_WORDS, before);
	await reads(await openBoard(lead, caseId), TEAM_WORDS, before);
	const history = await lead.newPage();
	await visit(history, `/cases/${caseId}/history`);
	const moment = history.locator('li.moment').first();
	await moment.getByText(/^Gik videre fra en sikkerhedskopi med planen, som den stod/).waitFor();
	await moment.getByText('Tavlen selv').waitFor();
});
