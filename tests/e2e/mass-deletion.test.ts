/** Somebody deletes nearly all of a plan with a tool of their own; the lead finds a quiet line on the board, and the way back. */
import type { BrowserContext, Page } from '@playwright/test';
import { beforeAll, expect, test } from 'vitest';
import { textRuleOf } from '../../board/key-rules.ts';
import { newId } from '../../board/new-id.ts';
import { taskTextName } from '../../board/schema.ts';
import type { TaskId } from '../../domain/ids.ts';
import type { CaseBoard, MassDeletionView } from '../../server/api/case-board.ts';
import { LARGE_UPDATE_BYTES } from '../../server/sync/limits.ts';
import { faultsOf } from '../support/accessibility.ts';
import { apiAs } from '../support/signed-in.ts';
import { aStockClient, type StockClient } from '../support/stock-client.ts';
import { caseOf, field, openBoard, reads } from './board-page.ts';
import { aProduct } from './product.ts';

const GOAL = 'Teamets ord';
const product = aProduct();
const { signIn } = product;
let lead: BrowserContext;
let caseId: string;

beforeAll(async () => {
	lead = await signIn('leder');
	caseId = await caseOf(lead, 'Amina Holm');
});

/** The plan as somebody holds it in a tool of their own. */
async function toolOf(account: string): Promise<StockClient> {
	const somebody = await apiAs(product.server.url, account);
	const { documents } = await somebody.get<CaseBoard>(`/cases/${caseId}/board`);
	const { name } = documents.find(({ compartment }) => compartment === 'team')!;
	const tool = aStockClient({
		serverUrl: product.server.url.replace('http', 'ws'),
		name,
		cookie: somebody.cookie,
		origin: product.server.url,
	});
	await expect.poll(() => tool.isSaved()).toBe(true);
	return tool;
}

/** By the teacher. */
async function deleteAllWords(): Promise<void> {
	const { doc, isSaved, destroy } = await toolOf('underviser');
	const texts = [...doc.share.keys()].filter((name) => textRuleOf('team', name)).map((name) => doc.getText(name));
	doc.transact(() => texts.forEach((text) => text.delete(0, text.length)));
	await expect.poll(isSaved).toBe(true);
	destroy();
}

/** What the lead is told of. */
async function massDeletions(): Promise<readonly MassDeletionView[]> {
	const answer = await lead.request.get(`/api/v1/cases/${caseId}/history/mass-deletions`);
	return ((await answer.json()) as { massDeletions: MassDeletionView[] }).massDeletions;
}

const line = (page: Page) => page.getByRole('list', { name: 'Meget er slettet' }).getByText(/^Peter Dahl slettede/);

/** By a colleague of the teacher's: what the teacher wrote since their first deletion would not count. */
async function writeWords(bytes: number): Promise<void> {
	const { doc, isSaved, destroy } = await toolOf('sagsbehandler');
	const words = 'Mange ord. '.repeat(80);
	doc.transact(() => {
		for (let written = 0; written <= bytes; written += words.length) doc.getText(taskTextName(newId<TaskId>())).insert(0, words);
	});
	await expect.poll(isSaved).toBe(true);
	destroy();
}

test('a large update is tried beside the server as it is built, and taken in', async () => {
	await writeWords(LARGE_UPDATE_BYTES);
});

test('the lead sees who deleted how much, goes back to just before, and is not told again', async () => {
	const page = await openBoard(lead, caseId);
	const words = await field(page, GOAL).inputValue();
	await deleteAllWords();
	await reads(page, GOAL, '');
	await page.reload();
	await line(page).waitFor();
	expect(await line(page).textContent()).toMatch(/slettede [\d.]+ tegn på kort tid, \d+\s% af teamets plan, i dag\s\d+\.\d\d\./);
	expect(await faultsOf(page)).toEqual([]);

	await page.getByRole('link', { name: 'Se planen lige før' }).click();
	await page.getByRole('link', { name: 'Gå tilbage til dette tidspunkt' }).click();
	await page.getByRole('button', { name: 'Gå tilbage', exact: true }).click();
	await page
		.getByText(/^Satte planen tilbage til, som den stod/)
		.first()
		.waitFor();
	const board = await openBoard(lead, caseId, page);
	await reads(board, GOAL, words);
	expect(await massDeletions()).toEqual([]);
	await page.close();
});

test('what was meant is waved through by the lead; nobody else is told', async () => {
	await deleteAllWords();
	const colleague = await signIn('sagsbehandler');
	const asked: string[] = [];
	colleague.on('request', (request) => request.url().includes('mass-deletions') && asked.push(request.url()));
	const page = await openBoard(lead, caseId);
	await openBoard(colleague, caseId);
	await line(page).waitFor();
	await page.getByRole('button', { name: 'Det er i orden' }).press('Enter');
	await line(page).waitFor({ state: 'detached' });
	expect([await massDeletions(), asked]).toEqual([[], []]);
	await colleague.close();
});

test('a closed case is not taken back: the line goes when it is closed, and the lead’s board asks for none', async () => {
	await writeWords(LARGE_UPDATE_BYTES);
	await deleteAllWords();
	const page = await openBoard(lead, caseId);
	await line(page).waitFor();
	await (await apiAs(product.server.url, 'leder')).send('POST', `/cases/${caseId}/close`);
	await line(page).waitFor({ state: 'detached', timeout: 5_000 });
	const asked: string[] = [];
	page.on('request', (request) => request.url().includes('mass-deletions') && asked.push(request.url()));
	await page.reload();
	await page.locator('[data-live="true"]').waitFor();
	await page.waitForLoadState('networkidle');
	expect(asked).toEqual([]);
	await page.close();
});
