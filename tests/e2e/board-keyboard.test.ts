import type { Browser, BrowserContext, Page } from '@playwright/test';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { violationsOf } from '../support/accessibility.ts';
import { launchChromium, signedInContext } from '../support/browser.ts';
import { aDemoDataDir, discard, startServer, type RunningServer } from '../support/server.ts';
import { caseOf, field, lane, openBoard, tapWay } from './board-page.ts';

let dataDir: string;
let server: RunningServer;
let browser: Browser;
let lead: BrowserContext;
let caseId: string;

beforeAll(async () => {
	dataDir = aDemoDataDir(inject('demoData'));
	server = await startServer(dataDir);
	browser = await launchChromium();
	lead = await signedInContext(browser, server.url, 'leder@tavle.example');
	caseId = await caseOf(lead, 'Amina Holm');
});
afterAll(async () => {
	await browser.close();
	await server.stop();
	await discard(dataDir);
});

/** Tabs until the focus is on what is asked for; a keyboard user does no more. */
async function tabTo(page: Page, selector: string): Promise<void> {
	for (let tabs = 0; tabs < 250; tabs++) {
		if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
		await page.keyboard.press('Tab');
	}
	throw new Error(`The keyboard does not reach ${selector}`);
}
const order = (page: Page): Promise<string[]> => page.locator('[role=rowheader] b').allInnerTexts();

test('a week is reported, a track is moved, a task is written and finished, an observation is shared: by keys alone', async () => {
	const page = await openBoard(lead, caseId);
	await tabTo(page, '[name^="way-"]');
	const group = await page.evaluate(() => (document.activeElement as HTMLInputElement).name);
	await page.keyboard.press('ArrowRight');
	const chosen = await page.evaluate(
		(name) => document.querySelector<HTMLInputElement>(`[name="${name}"]:checked`)?.value,
		group,
	);
	expect(['forward', 'unchanged', 'back']).toContain(chosen);

	const before = await order(page);
	await page.keyboard.press('Alt+ArrowDown');
	await expect.poll(() => order(page)).not.toEqual(before);
	await page.keyboard.press('Control+z');
	await expect.poll(() => order(page)).toEqual(before);

	await page.keyboard.press('Alt+Shift+N');
	await page.keyboard.type('@Mette fre ring til skolen');
	await page.keyboard.press('Enter');
	const box = page.getByRole('checkbox', { name: 'Færdig: ring til skolen' });
	await box.waitFor();
	await box.focus();
	await page.keyboard.press('Space');
	await expect.poll(() => box.isChecked()).toBe(true);

	await page.keyboard.press('Alt+Shift+O');
	await page.keyboard.type('Set uden mus.');
	await tabTo(page, '#composer button[type=submit]');
	await page.keyboard.press('Enter');
	await page.getByRole('article').filter({ hasText: 'Set uden mus.' }).waitFor();

	await page.keyboard.press('Alt+Shift+H');
	await page.getByRole('dialog', { name: 'Genveje på tavlen' }).waitFor();
	await page.keyboard.press('Escape');
	await page.getByRole('dialog').waitFor({ state: 'detached' });
	await page.close();
});

test('a track opens under its label, and a date written wrongly says so and stays', async () => {
	const page = await openBoard(lead, caseId);
	const row = await lane(page, 'Motion');
	await row.getByRole('button', { expanded: false }).press('Enter');
	const ends = page.getByRole('textbox', { name: 'Slutter' });
	await ends.fill('engang');
	await ends.press('Tab');
	await page.getByText('Skriv en dato, en ugedag eller en uge').waitFor();
	await expect.poll(() => ends.inputValue()).toBe('engang');
	await ends.fill('uge 52');
	await ends.press('Enter');
	await row.getByText('til uge 52').waitFor();
	await page.close();
});

test('a box that is ticked and taken back before the next frame stands as it was', async () => {
	const page = await openBoard(lead, caseId);
	const box = page.getByRole('checkbox', { name: /^Færdig: / }).first();
	const undo = page.getByRole('button', { name: 'Fortryd min seneste ændring' });
	const before = await box.isChecked();
	const within = await box.evaluate(
		async (tick, button) => {
			const drawn = new Promise((resolve) => requestAnimationFrame(resolve));
			(tick as HTMLInputElement).click();
			for (let moment = 0; moment < 100; moment++) await Promise.resolve();
			const was = (button as HTMLButtonElement).disabled;
			(button as HTMLButtonElement).click();
			await drawn;
			return was;
		},
		await undo.elementHandle(),
	);
	expect(within).toBe(false);
	await expect.poll(() => undo.isEnabled()).toBe(false);
	expect(await box.isChecked()).toBe(before);
	await page.close();
});

test('the weeks before can be stepped through and written in', async () => {
	const page = await openBoard(lead, caseId);
	await page.getByRole('group', { name: 'Vis en anden uge' }).getByRole('button').first().click();
	const row = await lane(page, 'Motion');
	await tapWay(row, 'Fremad');
	await row.locator('label.on', { hasText: 'Fremad' }).waitFor();
	await page.getByRole('button', { name: /^Til uge/ }).click();
	await expect.poll(() => page.getByRole('group', { name: 'Vis en anden uge' }).innerText()).toContain('Status uge');
	await page.close();
});

test('removing takes nothing away for good: undo by button brings a track back', async () => {
	const page = await openBoard(lead, caseId);
	const row = await lane(page, 'Motion');
	await row.getByRole('button', { expanded: false }).click();
	await page.getByRole('button', { name: 'Fjern spor' }).click();
	await page.getByText(/fjernet af Jonas/).waitFor();
	await page.getByRole('button', { name: 'Fortryd min seneste ændring' }).click();
	await lane(page, 'Motion');
	await page.close();
});

test.each(['virksomhed', 'kriminalforsorg'])(
	"%s: a page of one's own, without a violation and without a track of the plan",
	async (who) => {
		const context = await signedInContext(browser, server.url, `${who}@tavle.example`);
		const wire: string[] = [];
		const page = await context.newPage();
		page.on(
			'response',
			(response) =>
				void response.text().then(
					(text) => wire.push(text),
					() => undefined,
				),
		);
		page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => wire.push(payload.toString())));
		await page.goto('/cases');
		const { cases } = (await (await context.request.get('/api/v1/cases')).json()) as { cases: { id: string }[] };
		await page.goto(`/cases/${cases[0]?.id}`);
		expect(page.url()).toMatch(who === 'virksomhed' ? /\/placements\// : /\/summary$/);
		await page.getByText('Forbundet', { exact: true }).waitFor();
		await field(page, /Din observation/).waitFor();
		const violations = await violationsOf(page);
		expect(violations).toEqual([]);
		const data = wire.filter((text) => !text.includes('import')).join('\n');
		for (const word of ['motivation-talks', 'social-mentor/', 'substance-treatment', 'trackTypes":[{'])
			expect(data).not.toContain(word);
		await context.close();
	},
);
