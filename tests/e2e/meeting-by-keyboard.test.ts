import type { Browser, Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';
import { launchChromium, signedInContext, visit } from '../support/browser.ts';
import { aDemoDataDir, discard, startServer, type RunningServer } from '../support/server.ts';
import { apiAs } from '../support/signed-in.ts';
import { Keyboard } from './by-keyboard.ts';
import { agendaOf, aWall, button, eventually, isAt, writeOverdueTask } from './meeting-page.ts';

/** The lead's part of a meeting, from starting it to its minutes, by keys alone: each test goes on where the one before stopped. */
const [AMINA, EMRE, FREJA] = ['Amina Holm', 'Emre Yildiz', 'Freja Mose'] as const;
let server: RunningServer;
let browser: Browser;
let lead: Page;
let teacher: Page;
let keys: Keyboard;

beforeAll(async () => {
	server = await startServer(aDemoDataDir(inject('demoData')));
	browser = await launchChromium();
	const contexts = await Promise.all(
		['leder', 'underviser'].map((account) => signedInContext(browser, server.url, `${account}@tavle.example`)),
	);
	await writeOverdueTask(contexts[0]!, AMINA);
	[lead, teacher] = (await Promise.all(contexts.map((context) => context.newPage()))) as [Page, Page];
	await visit(lead, '/meeting');
	keys = new Keyboard(lead);
	await lead.keyboard.press('Tab');
});
afterEach(() => {
	expect(keys.faults.splice(0)).toEqual([]);
});
afterAll(async () => {
	await browser?.close();
	await server?.stop();
	if (server) await discard(server.dataDir);
});

const focused = () => keys.focus().then(({ name }) => name);

test('the meeting is started, its agenda put in order, and opened', async () => {
	await keys.to(/^Start ugens møde$/, 'button');
	await lead.keyboard.press('Enter');
	await button(lead, 'Åbn mødet').waitFor();
	await agendaOf(await apiAs(server.url, 'leder'), lead.url().split('/').at(-1)!, [EMRE, AMINA, FREJA, 'Ulla Dam']);
	await lead.getByText('4 borgere, 16 min').waitFor();
	await lead.keyboard.press('Tab');
	await keys.to(new RegExp(`^Flyt ${AMINA} op$`), 'button');
	await keys.press('Enter');
	await eventually(() => lead.locator('main ol .name').first().innerText()).toContain(AMINA);
	await keys.to(/^Tag Ulla Dam af$/, 'button');
	await lead.keyboard.press('Enter');
	await lead.getByText('3 borgere, 12 min').waitFor();
	await eventually(focused).toBe('Åbn mødet'); // where one goes on after taking somebody off
	await lead.keyboard.press('Enter');
	await button(lead, 'Gå til den første').waitFor();
	await teacher.goto('/meeting');
});

test('it goes to the first, a line is written, a decision made and given to whom it names', async () => {
	await lead.keyboard.press('Alt+Shift+v');
	await Promise.all([lead, teacher].map((page) => isAt(page, AMINA)));
	await lead.keyboard.press('Alt+Shift+l');
	await expect.poll(async () => (await keys.focus()).role).toBe('textarea');
	await keys.type('Uden mus.');
	await eventually(() => teacher.locator('#six-lines textarea').first().inputValue()).toMatch(/Uden mus\.$/);
	await keys.press('Alt+Shift+b');
	await keys.type('@Peter tors ringe til gartneriet');
	await keys.to(/^Beslut og lav opgave$/, 'button');
	await keys.press('Enter');
	await teacher.getByRole('combobox', { name: 'Hvem: ringe til gartneriet' }).waitFor();
});

test('a wall is let in, and the curtain drawn and drawn back', async () => {
	const wall = await aWall(browser, server.url);
	await keys.to(/^Forbind en vægskærm/, 'button');
	await keys.press('Enter');
	await lead.getByRole('dialog').waitFor();
	await keys.to(/^Koden på skærmen$/);
	await keys.type(wall.code);
	await keys.press('Enter');
	await lead.getByText('Skærmen viser mødet nu.').waitFor();
	await keys.press('Escape');
	await expect.poll(async () => (await keys.focus()).name).toMatch(/^Forbind en vægskærm/);
	await keys.press('Alt+Shift+f');
	await wall.page.getByRole('heading', { level: 1, name: 'Amina' }).waitFor();
	await lead.locator('button[aria-pressed=false]', { hasText: 'Træk forhænget for' }).waitFor(); // the wall may hear of it first
	await keys.press('Alt+Shift+f');
	await wall.page.getByText('Et øjeblik').waitFor();
});

test('it goes through the others, is closed when what is overdue has an answer, and its minutes are read', async () => {
	for (const [position, citizen] of [
		[2, EMRE],
		[3, FREJA],
	] as const) {
		await button(lead, `Luk punktet, gå til ${position}`).waitFor(); // says something else while it moves
		await lead.keyboard.press('Alt+Shift+v');
		await Promise.all([lead, teacher].map((page) => isAt(page, citizen)));
	}
	await keys.to(/^Luk mødet …$/, 'button');
	await keys.press('Enter');
	await lead.getByText('åbne, da mødet begyndte').waitFor();
	await keys.to(/^Videreført$/, 'button');
	// Where one has answered, the next question has the focus, and after the last the button that closes.
	for (let left = await button(lead, 'Videreført').count(); left > 0; left--) {
		await lead.keyboard.press('Enter');
		await eventually(() => button(lead, 'Videreført').count()).toBe(left - 1);
		await eventually(focused).toBe(left > 1 ? 'Videreført' : 'Luk mødet og gem referat');
	}
	await lead.keyboard.press('Enter');
	await lead.getByRole('heading', { name: 'Mødet er lukket.' }).waitFor();
	await lead.keyboard.press('Tab');
	await keys.to(/^Læs referaterne$/, 'a');
	await lead.keyboard.press('Enter');
	await lead.getByRole('heading', { level: 1, name: /^Møde i uge/ }).waitFor();
	await lead.keyboard.press('Tab');
	await keys.to(new RegExp(`^Referat for ${AMINA}$`), 'a');
	await lead.keyboard.press('Enter');
	await lead.locator('article').getByText('ringe til gartneriet').first().waitFor();
});
