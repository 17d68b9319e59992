/** What a browser keeps of words that were not sent, seen and laid there from outside. */
import type { Page } from '@playwright/test';
import { expect } from 'vitest';
import type { OfflineKeys } from '../../server/api/case-board.ts';
import { encodeWritten, type Written } from '../../web/lib/offline/written.ts';

/** How many pieces lie in this browser. */
export const pieces = (page: Page): Promise<number> =>
	page.evaluate(async () => {
		const request = indexedDB.open('faellestavlen', 1);
		request.onupgradeneeded = () => request.result.createObjectStore('unsent', { keyPath: 'id' });
		await new Promise((resolve) => (request.onsuccess = resolve));
		const count = request.result.transaction('unsent').objectStore('unsent').count();
		await new Promise((resolve) => (count.onsuccess = resolve));
		request.result.close();
		return count.result;
	});

export async function untilPieces(page: Page, holds: (count: number) => boolean): Promise<void> {
	await expect.poll(async () => holds(await pieces(page)), { timeout: 10_000 }).toBe(true);
}

/** Everything typed lies on the device: a piece of it still on its way would be lost with the process. */
export async function untilKept(page: Page): Promise<void> {
	let before = 0;
	await untilPieces(page, (count) => {
		const settled = count > 0 && count === before;
		before = count;
		return settled;
	});
}

/** Seals as a page of this case that has ended would have, a minute ago. */
export async function layPiece(page: Page, caseId: string, document: string, written: Written): Promise<void> {
	const { id: ownerId } = (await (await page.request.get('/api/v1/me')).json()) as { id: string };
	const { keys } = (await (await page.request.get(`/api/v1/cases/${caseId}/offline-keys`)).json()) as OfflineKeys;
	await pieces(page); // makes the place
	await page.evaluate(
		async ({ ownerId, document, words, given }) => {
			const [id, ended, writtenAtMs] = [crypto.randomUUID(), crypto.randomUUID(), Date.now() - 60_000];
			const nonce = crypto.getRandomValues(new Uint8Array(12));
			const raw = Uint8Array.from(atob(given.key), (unit) => unit.charCodeAt(0));
			const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt']);
			const additionalData = new TextEncoder().encode([id, ended, ownerId, document, writtenAtMs].join(' '));
			const bytes = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData }, key, Uint8Array.from(words));
			const request = indexedDB.open('faellestavlen', 1);
			await new Promise((resolve) => (request.onsuccess = resolve));
			const piece = { id, page: ended, ownerId, document, writtenAtMs, period: given.period, nonce, bytes };
			const put = request.result.transaction('unsent', 'readwrite').objectStore('unsent').put(piece);
			await new Promise((resolve) => (put.onsuccess = resolve));
			request.result.close();
		},
		{ ownerId, document, words: [...encodeWritten(written)], given: keys[0]! },
	);
}
