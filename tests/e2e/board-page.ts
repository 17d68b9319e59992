/** How the tests find their way on a board, by the names people hear. */
import type { BrowserContext, Locator, Page } from '@playwright/test';
import { expect } from 'vitest';
import type { CaseList } from '../../server/api/case-board.ts';

export async function caseOf(context: BrowserContext, citizenName: string): Promise<string> {
	const answer = await context.request.get('/api/v1/cases');
	const { cases } = (await answer.json()) as CaseList;
	const found = cases.find((entry) => entry.citizenName === citizenName);
	if (!found) throw new Error(`${citizenName} is not in this reader's list`);
	return found.id;
}

/** Opens the board and waits until its documents have taken over. @param prepared a page that is watched or held already */
export async function openBoard(context: BrowserContext, caseId: string, prepared?: Page): Promise<Page> {
	const page = prepared ?? (await context.newPage());
	await page.goto(`/cases/${caseId}`);
	await page.getByText('Forbundet', { exact: true }).waitFor();
	await page.locator('[data-live="true"]').waitFor();
	return page;
}

export function field(page: Page, name: string | RegExp): Locator {
	return page.getByRole('textbox', { name });
}

/** Waits until a text field on the page reads exactly this. */
export async function reads(page: Page, name: string | RegExp, words: string | RegExp): Promise<void> {
	const box = field(page, name);
	for (const deadline = Date.now() + 10_000; Date.now() < deadline; await page.waitForTimeout(20)) {
		const value = await box.inputValue();
		if (typeof words === 'string' ? value === words : words.test(value)) return;
	}
	throw new Error(`${String(name)} reads ${JSON.stringify(await box.inputValue())}, not ${String(words)}`);
}

export async function lane(page: Page, track: string): Promise<Locator> {
	const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: new RegExp(track) }) });
	await row.waitFor();
	return row;
}

/** The first of the three taps, as a finger does it: on the label, once it stands still. */
export async function tapWay(row: Locator, way: 'Fremad' | 'Uændret' | 'Tilbage', timeout = 30_000): Promise<void> {
	await row.locator('label', { hasText: way }).click({ timeout });
}

/** Presence is a hint of seconds: the caret moves in the field until somebody else's page says who is there. */
export async function isSeenWriting(box: Locator, seen: Locator): Promise<void> {
	await expect
		.poll(async () => {
			await box.press('ArrowLeft');
			await box.press('ArrowRight');
			return seen.isVisible();
		})
		.toBe(true);
}
