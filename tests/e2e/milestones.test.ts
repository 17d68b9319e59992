import type { Locator, Page } from '@playwright/test';
import { expect, test } from 'vitest';
import type { RatingsView } from '../../server/api/case-board.ts';
import { LANGUAGES } from '../../web/preferences.ts';
import { faultsInThemes, faultsOf } from '../support/accessibility.ts';
import { caseOf, openBoard } from './board-page.ts';
import { aProduct } from './product.ts';

const CITIZEN = 'Amina Holm';
/** Nobody in the demonstration rates it for this citizen. */
const MILESTONE = 'trust-in-system';
const STEP = /^4 Lykkes som regel/;
const REVEAL = 'Vis alle svar';
const product = aProduct();
const { signIn } = product;
/** The panel, fetched as soon as somebody comes near it. */
async function panelOf(page: Page): Promise<Locator> {
	const panel = page.locator('#milestones');
	await panel.scrollIntoViewIfNeeded();
	return panel;
}

/** Unfolds the blind rating and turns to a milestone. */
async function rating(page: Page, milestone = MILESTONE): Promise<Locator> {
	const panel = await panelOf(page);
	await panel.locator('button[aria-expanded="false"]').click();
	await panel.locator('select').selectOption(milestone);
	return panel;
}

/** Collects whatever the server says to a page, over HTTP and over every socket. */
function heardBy(page: Page): string[] {
	const heard: string[] = [];
	page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => heard.push(String(payload))));
	page.on('response', async (response) => {
		if (/\/ratings$/.test(response.url()) && response.request().method() === 'GET') heard.push(await response.text());
	});
	return heard;
}

const valuesOf = (body: string) =>
	(JSON.parse(body) as RatingsView).milestones
		.find(({ id }) => id === MILESTONE)!
		.rounds.flatMap(({ answers, citizen, professionals }) => [citizen, professionals, ...answers.map(({ value }) => value)])
		.filter((value) => value !== null);

test('two people rate blind, neither hears the other’s answer, and both see them when the lead shows them', async () => {
	const [lead, teacher] = await Promise.all([signIn('leder'), signIn('underviser')]);
	const caseId = await caseOf(lead, CITIZEN);
	const [leads, teachers] = await Promise.all([openBoard(lead, caseId), openBoard(teacher, caseId)]);
	const heard = heardBy(leads);
	const [one, other] = await Promise.all([rating(leads), rating(teachers)]);

	await other.getByRole('radio', { name: STEP }).check();
	await other.getByRole('button', { name: 'Svar', exact: true }).click();
	await one.getByText('Peter har svaret').waitFor();
	await other.getByText('Dit svar er 4.').waitFor();
	expect(await one.getByRole('radio', { name: STEP }).isChecked()).toBe(false);
	expect(await other.getByRole('button', { name: REVEAL }).count()).toBe(0);

	await one.getByRole('radio', { name: /^2 / }).check();
	await one.getByRole('button', { name: 'Svar', exact: true }).click();
	await other.getByText('Jonas har svaret').waitFor();
	const answers = heard.filter((body) => body.startsWith('{"week"'));
	expect(answers.length).toBeGreaterThan(0);
	for (const body of answers) expect(valuesOf(body).filter((value) => value !== 2)).toEqual([]);
	for (const frame of heard.filter((body) => body.includes('"ratings"'))) expect(frame).not.toContain(MILESTONE);

	await one.getByRole('button', { name: REVEAL }).click();
	for (const panel of [one, other]) {
		await panel.getByRole('img', { name: 'Fordeling: 2: Jonas. 4: Peter.' }).waitFor();
		await panel.getByText('Spænd på 2 trin. Hvad ligger bag?').waitFor();
		await panel.getByText('Tillid til beskæftigelsessystemet', { exact: true }).first().waitFor();
	}
	await Promise.all([lead.close(), teacher.close()]);
});

test('by keyboard alone: unfold, choose a milestone, answer for oneself and the citizen, and show all', async () => {
	const lead = await signIn('leder');
	const page = await openBoard(lead, await caseOf(lead, CITIZEN));
	const panel = await panelOf(page);
	await panel.locator('button[aria-expanded="false"]').focus();
	await page.keyboard.press('Enter');
	await page.keyboard.press('Tab');
	await page.keyboard.type('Viden');
	await panel.getByRole('group', { name: 'Viden om arbejdsmarkedet' }).waitFor();
	await page.keyboard.press('Tab');
	await page.keyboard.press('Tab');
	await page.keyboard.press('Space');
	await page.keyboard.press('ArrowDown');
	await expect.poll(() => panel.getByRole('radio', { name: /^2 / }).isChecked()).toBe(true);
	await page.keyboard.press('Enter');
	await panel.getByText('Dit svar er 2.').waitFor();

	await page.keyboard.press('Shift+Tab');
	await expect.poll(() => panel.getByRole('button', { name: REVEAL }).count()).toBe(1);
	await panel.getByRole('radio', { name: 'Mig selv' }).focus();
	await page.keyboard.press('ArrowRight');
	await page.keyboard.press('Tab');
	await page.keyboard.press('Space');
	await page.keyboard.press('Enter');
	await panel.getByText('Du har skrevet 1 for Amina.').waitFor();

	await panel.getByRole('button', { name: REVEAL }).focus();
	await page.keyboard.press('Enter');
	await panel.getByRole('img', { name: 'Fordeling: 1: Amina. 2: Jonas.' }).waitFor();
	await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Viden om arbejdsmarkedet');
	await lead.close();
});

test('the lines are sentences, and the same numbers stand in a table', async () => {
	const lead = await signIn('leder');
	const page = await openBoard(lead, await caseOf(lead, CITIZEN));
	const panel = await panelOf(page);
	const picture = panel.getByRole('img', { name: /^Kan håndtere den psykiske lidelse\./ });
	await picture.waitFor();
	await expect.poll(() => picture.getAttribute('aria-label')).toMatch(/Fagligt: ingen vurdering siden uge\s\d+\.$/);
	await panel.getByRole('button', { name: 'Vis som tabel' }).click();
	const table = panel.getByRole('table', { name: 'Kan håndtere den psykiske lidelse, uge for uge' });
	expect(await table.getByRole('columnheader').allInnerTexts()).toEqual(['Uge', 'Amina', 'Fagligt, den midterste', 'Hver især']);
	expect(await table.getByText('ingen vurdering').count()).toBeGreaterThan(0);
	await lead.close();
});

test.each(LANGUAGES)('axe finds nothing before and after the reveal (%s)', async (language) => {
	const lead = await signIn('leder');
	await lead.addCookies([{ name: 'tavle-language', value: language, url: product.server.url }]);
	const page = await lead.newPage();
	await page.goto(`/cases/${await caseOf(lead, CITIZEN)}`);
	await (await panelOf(page)).locator('figure').first().waitFor();
	await rating(page, 'motivation');
	expect(await faultsInThemes(page)).toEqual([]);
	await (await panelOf(page)).locator('select').selectOption(MILESTONE);
	expect(await faultsOf(page)).toEqual([]);
	await lead.close();
});
