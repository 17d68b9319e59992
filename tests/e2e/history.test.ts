import type { BrowserContext, Page } from '@playwright/test';
import { beforeAll, expect, test } from 'vitest';
import { LANGUAGES } from '../../web/preferences.ts';
import { faultsOf } from '../support/accessibility.ts';
import { caseOf, openBoard } from './board-page.ts';
import { aProduct } from './product.ts';

const product = aProduct();
const { signIn } = product;
let lead: BrowserContext;
let caseId: string;
beforeAll(async () => {
	lead = await signIn('leder');
	caseId = await caseOf(lead, 'Amina Holm');
});

const goalOn = (page: Page) => page.getByRole('textbox', { name: 'Teamets ord' });

test('overwritten words are found under the one who overwrote them, and given back to everybody', async () => {
	const teacher = await signIn('underviser');
	const [board, others] = [await openBoard(teacher, caseId), await openBoard(lead, caseId)];
	const words = await goalOn(board).inputValue();
	await goalOn(board).fill('Helt andre ord.');
	await expect.poll(() => goalOn(others).inputValue()).toBe('Helt andre ord.');

	const page = await lead.newPage();
	await page.goto(`/cases/${caseId}`);
	await page.getByRole('link', { name: 'Historik' }).click();
	const moment = page.locator('li.moment', { hasText: 'Peter Dahl' }).filter({ hasText: 'Helt andre ord.' });
	await moment.locator('del', { hasText: words }).waitFor();
	await moment.getByRole('button', { name: /^Giv mig det tilbage.*Fælles mål/ }).press('Enter');
	await page.getByText('Givet tilbage.').waitFor();
	for (const one of [board, others]) await expect.poll(() => goalOn(one).inputValue()).toBe(words);
	await page.locator('li.moment').first().getByText('Jonas Brandt').waitFor();
	await teacher.close();
	await Promise.all([page.close(), others.close()]);
});

test('one goes through a week by the arrow keys, and the plan stands as it was', async () => {
	const page = await lead.newPage();
	await page.goto(`/cases/${caseId}/history`);
	await page.getByRole('link', { name: /^Tidligere/ }).press('Enter');
	await page.waitForURL(/week=/);
	const slider = page.getByRole('slider', { name: /^Gå gennem ugen/ });
	const tasksThen = () => page.locator('.then h3:has-text("Opgaver") + ul li').count();
	const last = await tasksThen();
	await slider.focus();
	await page.keyboard.press('Home');
	await page.waitForURL(/at=/);
	await expect.poll(tasksThen).toBeLessThan(last);
	await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('range');
	await page.close();
});

test.each(LANGUAGES)('the page fits everywhere, and axe finds nothing (%s)', async (language) => {
	const context = await signIn('leder');
	await context.addCookies([{ name: 'tavle-language', value: language, url: product.server.url }]);
	const page = await context.newPage();
	await page.goto(`/cases/${caseId}/history`);
	expect(await faultsOf(page)).toEqual([]);
	await context.close();
});
