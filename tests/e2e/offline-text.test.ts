import type { Browser, BrowserContext, Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import * as Y from 'yjs';
import { CLOSE } from '../../board/close-codes.ts';
import type { CaseBoard, OfflineKeys } from '../../server/api/case-board.ts';
import { launchChromium, signedInContext, visit } from '../support/browser.ts';
import { Laptop } from '../support/profile.ts';
import { aDemoDataDir, discard, startServer, type RunningServer } from '../support/server.ts';
import { apiAs } from '../support/signed-in.ts';
import { caseOf, field, openBoard, reads } from './board-page.ts';
import { HeldLine } from './held-line.ts';

/** What is written and not sent is on the device and nowhere else; the device may be anybody's tomorrow. */
const TEAM_WORDS = 'Teamets ord';
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
async function cutOff(context: BrowserContext): Promise<{ page: Page; line: HeldLine }> {
	const page = await context.newPage();
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

/** How many pieces lie in this browser. */
const pieces = (page: Page): Promise<number> =>
	page.evaluate(async () => {
		const request = indexedDB.open('faellestavlen', 1);
		request.onupgradeneeded = () => request.result.createObjectStore('unsent', { keyPath: 'id' });
		await new Promise((resolve) => (request.onsuccess = resolve));
		const count = request.result.transaction('unsent').objectStore('unsent').count();
		await new Promise((resolve) => (count.onsuccess = resolve));
		request.result.close();
		return count.result;
	});

async function untilPieces(page: Page, holds: (count: number) => boolean): Promise<void> {
	await expect.poll(async () => holds(await pieces(page)), { timeout: 10_000 }).toBe(true);
}

/** Everything typed lies on the device: a piece of it still on its way would be lost with the process. */
async function untilKept(page: Page): Promise<void> {
	let before = 0;
	await untilPieces(page, (count) => {
		const settled = count > 0 && count === before;
		before = count;
		return settled;
	});
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

test('words of a document that was opened anew meanwhile come back as a draft of their author’s', async () => {
	const context = await signedInContext(browser, server.url, 'psykolog@tavle.example');
	const page = await context.newPage();
	await visit(page, '/settings');
	const doc = new Y.Doc();
	doc.getText('goal/team').insert(0, 'Xqzfør genoprettelsenqzx');
	await layPiece(page, `${caseId}.team.e99`, Y.encodeStateAsUpdate(doc));
	await openBoard(context, caseId, page);
	await page.getByText('1 tekst, du ikke nåede at sende, ligger som kladde hos dig.').waitFor();
	await untilPieces(page, (count) => count === 0);
	await page.locator('#composer .drafts button.open', { hasText: 'Xqzfør genoprettelsenqzx' }).waitFor();
	expect(JSON.stringify(await teamWords())).not.toContain('Xqzfør');
	await context.close();
});

/** Seals as a page of this case would have, a minute ago. */
async function layPiece(page: Page, document: string, update: Uint8Array): Promise<void> {
	const { id: ownerId } = (await (await page.request.get('/api/v1/me')).json()) as { id: string };
	const { keys } = (await (await page.request.get(`/api/v1/cases/${caseId}/offline-keys`)).json()) as OfflineKeys;
	await pieces(page); // makes the place
	await page.evaluate(
		async ({ ownerId, document, update, given }) => {
			const [id, writtenAtMs, nonce] = [crypto.randomUUID(), Date.now() - 60_000, crypto.getRandomValues(new Uint8Array(12))];
			const raw = Uint8Array.from(atob(given.key), (unit) => unit.charCodeAt(0));
			const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt']);
			const additionalData = new TextEncoder().encode([id, ownerId, document, writtenAtMs].join(' '));
			const bytes = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData }, key, Uint8Array.from(update));
			const request = indexedDB.open('faellestavlen', 1);
			await new Promise((resolve) => (request.onsuccess = resolve));
			const piece = { id, ownerId, document, writtenAtMs, period: given.period, nonce, bytes };
			const put = request.result.transaction('unsent', 'readwrite').objectStore('unsent').put(piece);
			await new Promise((resolve) => (put.onsuccess = resolve));
			request.result.close();
		},
		{ ownerId, document, update: [...update], given: keys[0]! },
	);
}
