import type { Browser, Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';
import { launchChromium, signedInContext } from '../support/browser.ts';
import { aDemoDataDir, discard, startServer, type RunningServer } from '../support/server.ts';
import { caseOf, openBoard, reads } from './board-page.ts';
import { Keyboard } from './by-keyboard.ts';

/** One sitting at one board, from top to bottom: each test goes on where the one before stopped. No mouse anywhere. */
const TASK = 'Ring til gartneriet';
let server: RunningServer;
let browser: Browser;
let page: Page;
let keys: Keyboard;

beforeAll(async () => {
	server = await startServer(aDemoDataDir(inject('demoData')));
	browser = await launchChromium();
	const lead = await signedInContext(browser, server.url, 'leder@tavle.example');
	page = await openBoard(lead, await caseOf(lead, 'Amina Holm'));
	keys = new Keyboard(page);
	await page.keyboard.press('Tab');
});
afterEach(() => {
	const faults = keys.faults.splice(0);
	expect(faults).toEqual([]);
});
afterAll(async () => {
	await browser?.close();
	await server?.stop();
	if (server) await discard(server.dataDir);
});

const taskNames = () =>
	page.locator('li.task input[type=checkbox]').evaluateAll((boxes) => boxes.map((box) => box.getAttribute('aria-label')));
const present = (words: string | RegExp) => page.getByText(words).first().waitFor();

test('the goal is reached and edited', async () => {
	await keys.to(/^Teamets ord$/, 'textarea');
	await keys.press('Control+End');
	await keys.type(' Skrevet med taster.');
	await reads(page, 'Teamets ord', /Skrevet med taster\.$/);
	await keys.press('Control+z');
	await reads(page, 'Teamets ord', /^(?!.*Skrevet med taster)/);
	await keys.to(/^Målets slags$/, 'select');
	await keys.press('ArrowDown');
});

test('a week back and forward again', async () => {
	const { name } = await keys.to(/^Gå til uge/, 'button');
	await keys.press('Enter');
	await present(`Status ${name.replace('Gå til ', '')}`);
	await keys.to(/^Til uge/, 'button');
	await keys.press('Shift+Tab');
	await keys.press('Enter');
	await present(/^Status uge/);
	expect(await page.getByRole('button', { name: /^Til uge/ }).count()).toBe(0);
});

test('a status in three taps, and a line', async () => {
	const lane = await keys.to(/Motivationssamtaler/, 'button');
	expect(lane.name).toContain('Motivationssamtaler');
	await keys.to(/^(Fremad|Uændret|Tilbage)$/, 'radio');
	await keys.press('Space');
	await keys.press('ArrowRight');
	const chosen = await keys.focus();
	await page.locator('label.on', { hasText: chosen.name }).first().waitFor();
	await keys.to(/^Fremmøde, Motivationssamtaler/, 'select');
	await keys.press('ArrowDown');
	await expect.poll(async () => (await keys.focus()).value).toMatch(/^\d+\/\d+$/);
	await keys.to(/^Tag Motivationssamtaler op på mødet/, 'button');
	await keys.press('Space');
	await keys.to(/Motivationssamtaler/, 'button', 'Shift+Tab');
	await keys.press('Enter');
	await keys.to(/^Linje om Motivationssamtaler/, 'textarea');
	await keys.type('Kom hver gang.');
	await reads(page, /^Linje om Motivationssamtaler/, /Kom hver gang\.$/);
});

test('a track is moved with keys, added, removed and un-removed', async () => {
	const names = () => page.locator('[role=rowheader] b').allTextContents();
	await keys.to(/Motivationssamtaler/, 'button', 'Shift+Tab');
	const before = await names();
	await keys.press('Alt+ArrowUp');
	await expect.poll(names).not.toEqual(before);
	await expect.poll(async () => (await keys.focus()).name).toContain('Motivationssamtaler');
	await keys.press('Alt+ArrowDown');
	await expect.poll(() => names()).toEqual(before);

	await keys.to(/^Tilføj spor$/, 'button');
	await keys.press('Enter');
	await expect.poll(async () => (await keys.focus()).role).toBe('select');
	await page.keyboard.type('Motion');
	await keys.to(/^Tilføj spor$/, 'button');
	await keys.press('Enter');
	await expect.poll(() => names()).toHaveLength(before.length + 1);
	await keys.to(/^Fjern spor$/, 'button', 'Shift+Tab');
	await keys.press('Enter');
	await keys.to(/^Fortryd, at .* blev fjernet$/, 'button');
	await keys.press('Enter');
	await expect.poll(() => names()).toHaveLength(before.length + 1);
});

test('a task is added, put first, finished, removed and un-removed', async () => {
	await keys.press('Alt+Shift+n');
	await keys.type(TASK);
	await keys.press('Enter');
	await keys.to(new RegExp(`^Færdig: ${TASK}`), 'checkbox', 'Shift+Tab');
	const at = (await taskNames()).indexOf(`Færdig: ${TASK}`);
	await keys.press('Alt+ArrowUp');
	await expect.poll(async () => (await taskNames()).indexOf(`Færdig: ${TASK}`)).toBe(at - 1);
	await expect.poll(async () => (await keys.focus()).name).toBe(`Færdig: ${TASK}`);
	await keys.press('Space');
	await expect.poll(() => page.getByRole('checkbox', { name: `Færdig: ${TASK}` }).isChecked()).toBe(true);
	await keys.press('Space');

	await keys.to(new RegExp(`^Mere om: ${TASK}`), 'button');
	await keys.press('Enter');
	await page.locator('[role=menuitem]:focus').waitFor();
	await keys.press('End', 'Enter');
	await present(/fjernet af Jonas/);
	await keys.to(new RegExp(`^Fortryd, at ${TASK} blev fjernet`), 'button');
	await keys.press('Enter');
	await page.getByRole('checkbox', { name: `Færdig: ${TASK}` }).waitFor();
});

test("one's own last change is undone", async () => {
	await keys.press('Alt+Shift+n');
	await keys.to(new RegExp(`^Færdig: ${TASK}`), 'checkbox', 'Shift+Tab');
	await keys.press('Space');
	await expect.poll(() => page.getByRole('checkbox', { name: `Færdig: ${TASK}` }).isChecked()).toBe(true);
	await keys.press('Control+z');
	await expect.poll(() => page.getByRole('checkbox', { name: `Færdig: ${TASK}` }).isChecked()).toBe(false);
});

test('a draft gets its kind and its place and is shared, commented and amended', async () => {
	await keys.press('Alt+Shift+o');
	await keys.type('Hun kom i god tid.');
	await present('kladde, gemt kun for dig');
	await keys.to(/^Tolkning$/, 'button', 'Shift+Tab');
	await keys.press('Space');
	await keys.to(/^Hvem kan læse$/, 'select');
	await keys.press('ArrowDown');
	await keys.to(/^Del med virksomheden$/, 'button');
	await keys.press('Enter');
	await page.locator('article', { hasText: 'Hun kom i god tid.' }).waitFor();
	await keys.check('sharing');

	await keys.to(/^Kommentér observationen fra Jonas/, 'button');
	await keys.press('Enter');
	await expect.poll(async () => (await keys.focus()).role).toBe('textarea');
	await keys.type('Det er rigtigt.');
	await keys.to(/^Send kommentar$/, 'button');
	await page.keyboard.press('Enter');
	await present('Det er rigtigt.');
	await expect.poll(async () => (await keys.focus()).name).toMatch(/^Kommentér observationen fra Jonas/);

	await keys.press('Alt+Shift+o');
	await keys.to(/^Ret$/, 'button');
	await keys.press('Enter');
	await expect.poll(async () => (await keys.focus()).role).toBe('textarea');
	await keys.press('Control+End');
	await keys.type(' Næsten.');
	await keys.to(/^Del rettelsen$/, 'button');
	await page.keyboard.press('Enter');
	await present('Hun kom i god tid. Næsten.');
	await expect.poll(async () => (await keys.focus()).name).toBe('Ret');
});

test('the list of keys opens and gives the focus back', async () => {
	await keys.press('Alt+Shift+n');
	const before = await keys.focus();
	await keys.press('Alt+Shift+h');
	await page.getByRole('dialog').waitFor();
	await keys.press('Escape');
	await expect.poll(async () => (await keys.focus()).name).toBe(before.name);
});

test('Enter in a field of one line keeps the focus in it', async () => {
	await keys.press('Alt+Shift+n');
	await keys.to(/^Opgavens ord$/, 'textarea', 'Shift+Tab');
	await keys.press('Enter');
	await expect.poll(async () => (await keys.focus()).name).toBe('Opgavens ord');
});
