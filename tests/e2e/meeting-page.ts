/** How the tests find their way through a meeting, by the names people hear. */
import type { Browser, BrowserContext, Locator, Page } from '@playwright/test';
import { expect } from 'vitest';
import { addDays, dayOf } from '../../domain/iso-week.ts';
import type { CaseList } from '../../server/api/case-board.ts';
import type { MeetingView } from '../../server/api/meetings.ts';
import type { ApiCaller } from '../support/signed-in.ts';
import { WireRecorder } from '../support/wire-recorder.ts';
import { caseOf, field, openBoard } from './board-page.ts';

/** Like `expect.poll`, as patient as a browser on a busy machine needs. */
export const eventually = <Value>(value: () => Value) => expect.poll(value, { timeout: 30_000 });

export const button = (page: Page | Locator, name: string | RegExp): Locator => page.getByRole('button', { name });

/** Waits until this citizen is on the page and their documents have taken over. */
export async function isAt(page: Page, citizen: string): Promise<void> {
	await page.locator('.citizen:not([hidden])[data-live="true"]').getByRole('heading', { level: 1, name: citizen }).waitFor();
}

export async function writeOverdueTask(context: BrowserContext, citizen: string): Promise<void> {
	const board = await openBoard(context, await caseOf(context, citizen));
	const [, month, date] = addDays(dayOf(new Date()), -1).split('-');
	await field(board, 'Ny opgave').fill(`@Jonas ${date}.${month} ringe til lægen`);
	await board.getByText('til Jonas Brandt').waitFor();
	await field(board, 'Ny opgave').press('Enter');
	await board.getByRole('checkbox', { name: 'Færdig: ringe til lægen' }).waitFor();
	await board.getByText('Alt er hos teamet').waitFor();
	await board.close();
}

/** Nobody else stays on the agenda of a planned meeting. @param lead who leads the team */
export async function agendaOf(lead: ApiCaller, meetingId: string, citizens: readonly string[]): Promise<void> {
	const { cases } = await lead.get<CaseList>('/cases');
	const { revision } = await lead.get<MeetingView>(`/meetings/${meetingId}`);
	const caseIds = citizens.map((name) => cases.find(({ citizenName }) => citizenName === name)!.id);
	await lead.send('PUT', `/meetings/${meetingId}/agenda`, { revision, caseIds });
}

/** Says of every overdue task that it goes on. */
export async function carryAll(page: Page): Promise<void> {
	const carry = button(page, 'Videreført');
	for (let left = await carry.count(); left > 0; left--) {
		await carry.first().click();
		await eventually(() => carry.count()).toBe(left - 1);
	}
}

/** A screen on a wall: a browser nobody is signed in to. */
export async function aWall(
	browser: Browser,
	url: string,
	prepare?: (context: BrowserContext) => Promise<void>,
): Promise<{ page: Page; wire: WireRecorder; code: string }> {
	const context = await browser.newContext({ baseURL: url, viewport: { width: 1920, height: 1080 } });
	await prepare?.(context);
	const wire = new WireRecorder(context);
	const page = await context.newPage();
	await page.goto('/wall');
	const code = page.getByText(/^\d{3} \d{3}$/);
	await code.waitFor();
	return { page, wire, code: await code.innerText() };
}
