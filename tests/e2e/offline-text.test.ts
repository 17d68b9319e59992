import type { Browser, BrowserContext, Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import * as Y from 'yjs';
import { CLOSE } from '../../board/close-codes.ts';
import type { CaseBoard, OfflineKeys } from '../../server/api/case-board.ts';
import type { HistoryView } from '../../server/api/history-view.ts';
import { launchChromium, signedInContext, visit } from '../support/browser.ts';
import { Laptop } from '../support/profile.ts';
import { aDemoDataDir, discard, startServer, type RunningServer } from '../support/server.ts';
import { apiAs } from '../support/signed-in.ts';
import { caseOf, field, lane, openBoard, reads, tapWay } from './board-page.ts';
import { HeldLine } from './held-line.ts';
import { layPiece, pieces, untilKept, untilPieces } from './on-device.ts';

/** What is written and not sent is on the device and nowhere else; the device may be anybody's tomorrow. */
const TEAM_WORDS = 'Teamets ord';
const PURPOSE = 'Formålet med forløbet';
const RESENT = /Det, du skrev kl\.\s\d+\.\d+, nåede ikke ud/;
let server: RunningServer;
let browser: Browser;
let colleague: BrowserContext;
let caseId: string;
let laptop: Laptop;

beforeAll(async () => {
	[browser, server] = await Promise.all([launchChromium(), startServer(aDemoDataDir(inject('demoData')))]);
	colleague = await signedInContext(browser, server.url, 'underviser@tavle.example');
	caseId = await caseOf(colleague, 'Amina Holm');
});
beforeEach(() => {
	laptop = new Laptop(server.url);
});
afterEach(() => laptop.discard());
afterAll(async () => {
	await browser?.close();
	await server?.stop();
	if (server) await discard(server.dataDir);
});

/** The lead's board on the laptop, whose line to the team is held. */
async function cutOff(context: BrowserContext, prepared?: Page): Promise<{ page: Page; line: HeldLine }> {
	const page = prepared ?? (await context.newPage());
	const line = await HeldLine.between(page, 'team');
	await openBoard(context, caseId, page);
	line.hold();
	return { page, line };
}

/** At once: key by key each letter would be a piece of its own, and no search of the files would find the word. */
async function type(page: Page, words: string): Promise<void> {
	await field(page, TEAM_WORDS).press('Control+End');
	await page.keyboard.insertText(words);
	await page.getByText('1 på min enhed').first().waitFor();
}

const teamWords = async () => {
	const board = await (await apiAs(server.url, 'underviser')).get<CaseBoard>(`/cases/${caseId}/board`);
	return board.documents.find(({ compartment }) => compartment === 'team')?.projection;
};

test('words typed without a connection survive the death of the browser, unreadable, and reach the team exactly once', async () => {
	const words = ' Xqzofflineqzx';
	const { page } = await cutOff(await laptop.open('leder'));
	await type(page, words);
	await untilKept(page);
	await laptop.kill();

	const { keys } = await (await apiAs(server.url, 'leder')).get<OfflineKeys>(`/cases/${caseId}/offline-keys`);
	const [newest] = keys as [OfflineKeys['keys'][number]];
	const found = laptop.found({
		name: Buffer.from(`${caseId}.team.e`),
		words: Buffer.from(words.trim()),
		wideWords: Buffer.from(words.trim(), 'utf16le'),
		key: Buffer.from(newest.key, 'base64'),
		keyInLetters: Buffer.from(newest.key),
	});
	expect(new Set(found.map(({ name }) => name))).toEqual(new Set(['name']));
	expect(found.some(({ file }) => file.includes('IndexedDB'))).toBe(true);
	expect([server.output().includes(words.trim()), server.output().includes(newest.key)]).toEqual([false, false]);

	const reader = await openBoard(colleague, caseId);
	const before = await field(reader, TEAM_WORDS).inputValue();
	const again = await openBoard(await laptop.open('leder'), caseId);
	await reads(reader, TEAM_WORDS, before + words);
	await again.getByText(RESENT).waitFor();
	await again.getByText('Alt er hos teamet').first().waitFor();
	await untilPieces(again, (count) => count === 0);
	await again.reload();
	await again.locator('[data-live="true"]').waitFor();
	expect(await again.getByText(RESENT).count()).toBe(0);
	expect(JSON.stringify(await teamWords()).split(words.trim())).toHaveLength(2);
	await reader.close();
});

test('whoever signs in next in that browser finds nothing and leaves nothing', async () => {
	const words = ' Xqzandenqzx';
	const { page } = await cutOff(await laptop.open('leder'));
	await type(page, words);
	await untilKept(page);
	await laptop.kill();

	const theirs = await (await laptop.open('mentor')).newPage();
	await visit(theirs, '/cases');
	await untilPieces(theirs, (count) => count === 0);
	expect(JSON.stringify(await teamWords())).not.toContain(words.trim());
});

test('signing out in another tab wipes what lies there', async () => {
	const context = await laptop.open('leder');
	const { page } = await cutOff(context);
	await type(page, ' Xqzludqzx');
	await untilKept(page);
	const other = await context.newPage();
	await visit(other, '/settings');
	expect(await pieces(other)).toBeGreaterThan(0);
	await other.locator('summary', { hasText: 'Jonas Brandt' }).click();
	await other.getByRole('button', { name: 'Log ud' }).click();
	await other.getByRole('heading', { level: 1, name: 'Log ind' }).waitFor();
	expect(await pieces(other)).toBe(0);
	await page.getByRole('dialog', { name: 'Log ind igen' }).waitFor();
	expect(await pieces(other)).toBe(0);
});

test('where the organisation forbids it, and where access ends, nothing stays', async () => {
	const context = await laptop.open('leder');
	const { page } = await cutOff(context);
	await type(page, ' Xqzforbudtqzx');
	await untilKept(page);
	const admin = await apiAs(server.url, 'admin');
	const { id } = (await admin.get<{ id: string; isHost: boolean }[]>('/organisations')).find(({ isHost }) => isHost)!;
	await admin.send('PUT', `/organisations/${id}/offline-text`, { rule: 'forbidden' });
	const second = await openBoard(context, caseId);
	await untilPieces(second, (count) => count === 0);
	await admin.send('PUT', `/organisations/${id}/offline-text`, { rule: 'kept' });
	await Promise.all([page.close(), second.close()]);

	const { page: third, line } = await cutOff(context);
	await type(third, ' Xqzmistetqzx');
	await untilKept(third);
	await line.end(CLOSE.accessLost);
	await third.getByText('Du har ikke længere adgang til denne borger').waitFor();
	await untilPieces(third, (count) => count === 0);
});

test.each([
	['what was written of the plan in another tab does', true],
	['nothing of the plan either when the case is not ours any more', false],
])('where access to a placement ends nothing of it stays, and %s', async (_, isOurs) => {
	const context = await laptop.open('leder');
	const { page: plan } = await cutOff(context);
	await type(plan, ' Xqzplanenqzx');
	await untilKept(plan);
	const ofThePlan = await pieces(plan);

	const lead = await apiAs(server.url, 'leder');
	const { placements, unsentTexts } = await lead.get<CaseBoard>(`/cases/${caseId}/board`);
	const page = await context.newPage();
	const line = await HeldLine.between(page, 'placement');
	await visit(page, `/cases/${caseId}/placements/${placements[0]!.id}`);
	await page.locator('[data-live="true"]').waitFor();
	line.hold();
	await field(page, PURPOSE).press('Control+End');
	await page.keyboard.insertText(' Xqzpraktikkenqzx');
	await page.getByText('1 på min enhed').first().waitFor();
	await untilPieces(page, (count) => count > ofThePlan);
	if (!isOurs) await page.route('**/offline-keys', (route) => route.fulfill({ status: 404, json: { code: 'not-found' } }));
	await line.end(CLOSE.accessLost);
	await page.getByText('Du har ikke længere adgang til denne borger').waitFor();
	const sealed = async () => (await lead.get<CaseBoard>(`/cases/${caseId}/board`)).unsentTexts.length;
	await expect.poll(sealed).toBe(unsentTexts.length + 1);
	await untilPieces(page, (count) => count <= (isOurs ? ofThePlan : 0));
	expect(await pieces(page)).toBe(isOurs ? ofThePlan : 0);
});

test('words of a document that was opened anew meanwhile come back as a draft of their author’s', async () => {
	const context = await signedInContext(browser, server.url, 'psykolog@tavle.example');
	const page = await context.newPage();
	await visit(page, '/settings');
	const doc = new Y.Doc();
	doc.getText('goal/team').insert(0, 'Xqzfør genoprettelsenqzx');
	await layPiece(page, caseId, `${caseId}.team.e99`, { update: Y.encodeStateAsUpdate(doc), fields: [] });
	await openBoard(context, caseId, page);
	await page.getByText('1 tekst, du ikke nåede at sende, ligger som kladde hos dig.').waitFor();
	await untilPieces(page, (count) => count === 0);
	await page.locator('#composer .drafts button.open', { hasText: 'Xqzfør genoprettelsenqzx' }).waitFor();
	expect(JSON.stringify(await teamWords())).not.toContain('Xqzfør');
	await context.close();
});

test('two tabs of one person: what one has not sent is sent by that one, once; by the next page when it has ended', async () => {
	const context = await laptop.open('leder');
	const { page } = await cutOff(context);
	await type(page, ' Xqzførstefanebladqzx');
	await untilKept(page);

	const second = await context.newPage();
	const keys = second.waitForResponse(/offline-keys$/);
	await openBoard(context, caseId, second);
	await keys;
	await field(second, TEAM_WORDS).press('Control+Home');
	await second.keyboard.insertText('Xqzandetfanebladqzx ');
	await expect.poll(async () => JSON.stringify(await teamWords())).toContain('Xqzandetfanebladqzx');
	expect(await second.getByText(RESENT).count()).toBe(0);
	expect(JSON.stringify(await teamWords())).not.toContain('Xqzførstefanebladqzx');

	await page.close({ runBeforeUnload: false });
	const third = await openBoard(context, caseId);
	await third.getByText(RESENT).waitFor();
	await untilPieces(third, (count) => count === 0);
	await expect.poll(async () => JSON.stringify(await teamWords()).split('Xqzførstefanebladqzx').length).toBe(2);
});

const timesSaid = async (words: string) => JSON.stringify(await teamWords()).split(words).length - 1;

/** How many documents pages of this browser hold as theirs to send; one that ends lets go a moment later. */
const untilHeld = (page: Page, count: number) =>
	expect.poll(() => page.evaluate(async () => (await navigator.locks.query()).held?.length)).toBe(count);

/** As the browser tells a page. */
const lookedAtAgain = (page: Page) => page.evaluate(() => void document.dispatchEvent(new Event('visibilitychange')));

test.each([
	['is looked at again', 'Xqzsesigenqzx', lookedAtAgain],
	[
		'has its line again',
		'Xqzlinjeigenqzx',
		(page: Page) => page.evaluate(() => ['offline', 'online'].forEach((said) => dispatchEvent(new Event(said)))),
	],
])('a tab that stays open sends what another one had not when that has ended and it %s', async (_, words, happens) => {
	const context = await laptop.open('leder');
	const second = await context.newPage();
	const keys = second.waitForResponse(/offline-keys$/);
	await openBoard(context, caseId, second);
	await keys;
	const { page: first } = await cutOff(context);
	await type(first, ` ${words}`);
	await untilKept(first);
	await first.close({ runBeforeUnload: false });
	await untilHeld(second, 0);
	await happens(second);
	await second.getByText(RESENT).waitFor();
	await untilPieces(second, (count) => count === 0);
	await expect.poll(() => timesSaid(words)).toBe(1);
});

test('a tab whose plan has not come finds the words of one tab and then of another: both are sent', async () => {
	const context = await laptop.open('leder');
	const waiting = await context.newPage();
	const line = await HeldLine.between(waiting, 'team');
	line.hold();
	const opened = waiting.waitForResponse(/offline-keys$/);
	await visit(waiting, `/cases/${caseId}`);
	await opened;
	for (const [found, words] of ['Xqzdenførsteqzx', 'Xqzdenandenqzx'].entries()) {
		const { page } = await cutOff(context);
		await type(page, ` ${words}`);
		await untilKept(page);
		await page.close({ runBeforeUnload: false });
		await untilHeld(waiting, found);
		await lookedAtAgain(waiting);
		await untilHeld(waiting, found + 1);
	}
	line.release();
	await waiting.getByText(RESENT).waitFor();
	await untilPieces(waiting, (count) => count === 0);
	for (const words of ['Xqzdenførsteqzx', 'Xqzdenandenqzx']) await expect.poll(() => timesSaid(words)).toBe(1);
});

/** Drafts of the psychologist's that are not removed. */
async function draftsReading(words: string): Promise<number> {
	const { documents } = await (await apiAs(server.url, 'psykolog')).get<CaseBoard>(`/cases/${caseId}/board`);
	const drafts = documents.flatMap(({ projection }) => (projection && 'drafts' in projection ? projection.drafts : []));
	return drafts.filter(({ text, removed }) => text === words && !removed).length;
}

/** Holds the answer about keys, so that nothing is found before the test lets it. */
async function keysHeld(page: Page): Promise<() => void> {
	const { promise, resolve } = Promise.withResolvers<void>();
	await page.route('**/offline-keys', async (route) => {
		await promise;
		await route.continue();
	});
	return resolve;
}

test.each([
	['has not come', 'Xqzkladdenerikkekommetqzx', (line: HeldLine) => Promise.resolve(line.hold()), async () => {}],
	[
		'is there and reaches nobody',
		'Xqzkladdennåringenqzx',
		async () => {},
		async (line: HeldLine, page: Page) => {
			await field(page, /Din observation/).fill('Noget andet');
			await page.getByText('Alt er hos teamet').first().waitFor();
			line.hold();
		},
	],
])(
	'words become a draft that %s when the browser dies again: they are still there, and one draft',
	async (_, words, first, then) => {
		const context = await laptop.open('psykolog');
		const page = await context.newPage();
		await visit(page, '/settings');
		const doc = new Y.Doc();
		doc.getText('goal/team').insert(0, words);
		await layPiece(page, caseId, `${caseId}.team.e99`, { update: Y.encodeStateAsUpdate(doc), fields: [] });
		const line = await HeldLine.between(page, 'private');
		const release = await keysHeld(page);
		await first(line);
		await openBoard(context, caseId, page);
		await then(line, page);
		release();
		await page.getByText('1 tekst, du ikke nåede at sende, ligger som kladde hos dig.').waitFor();
		await untilKept(page);
		expect(await draftsReading(words)).toBe(0);
		await laptop.kill();

		const again = await openBoard(await laptop.open('psykolog'), caseId);
		await expect.poll(() => draftsReading(words)).toBe(1);
		await untilPieces(again, (count) => count === 0);
		await again.getByText('Alt er hos teamet').first().waitFor();
		expect(await draftsReading(words)).toBe(1);
	},
);

/** To before a colleague's last words. */
async function takeThePlanBack(): Promise<void> {
	const theirs = await openBoard(colleague, caseId);
	const words = `Xqz${await field(theirs, TEAM_WORDS).inputValue()}`;
	await field(theirs, TEAM_WORDS).fill(words);
	await expect.poll(async () => JSON.stringify(await teamWords())).toContain(words);
	const lead = await apiAs(server.url, 'leder');
	const { moments } = await lead.get<HistoryView>(`/cases/${caseId}/history`);
	await lead.send('POST', `/cases/${caseId}/history/restore`, { seq: moments.at(-1)!.firstSeq - 1 });
	await theirs.close();
}

test('words on a page whose plan is taken back while it is open survive its death before their draft has come, as one draft', async () => {
	const context = await laptop.open('psykolog');
	const drafts = await context.newPage();
	(await HeldLine.between(drafts, 'private')).hold();
	const { page } = await cutOff(context, drafts);
	const before = await field(page, TEAM_WORDS).inputValue();
	await type(page, ' Xqzmensdenstodåbenqzx');
	await untilKept(page);
	await takeThePlanBack();
	await page.getByText(/Jonas Brandt har sat planen tilbage.* 1 tekst, du ikke nåede at sende/).waitFor();
	await untilKept(page);
	await laptop.kill();

	const again = await openBoard(await laptop.open('psykolog'), caseId);
	await again.getByText('1 tekst, du ikke nåede at sende, ligger som kladde hos dig.').waitFor();
	await untilPieces(again, (count) => count === 0);
	await expect.poll(() => draftsReading(' Xqzmensdenstodåbenqzx')).toBe(1);
	await reads(again, TEAM_WORDS, before);
});

test('a choice made without a connection, in a plan that was taken back meanwhile, is named as what was not kept', async () => {
	const { page } = await cutOff(await laptop.open('leder'));
	await tapWay(await lane(page, 'Motion'), 'Fremad');
	await page
		.getByText(/\d på min enhed/)
		.first()
		.waitFor();
	await untilKept(page);
	await laptop.kill();

	await takeThePlanBack();

	const again = await openBoard(await laptop.open('leder'), caseId);
	await again.getByText(/Jonas Brandt har sat planen tilbage.* Det, du valgte imens, kom ikke med: Motion/).waitFor();
	await untilPieces(again, (count) => count === 0);
});
