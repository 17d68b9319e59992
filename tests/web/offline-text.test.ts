import { beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { OFFLINE_TEXT_KEPT_MS } from '../../domain/offline-text.ts';
import type { CaseId, PersonId } from '../../domain/ids.ts';
import { sweep } from '../../web/lib/offline/sweep.ts';
import type { Answer } from '../../web/lib/api/ask.ts';
import type { OfflineKeys } from '../../server/api/case-board.ts';
import { anId } from '../support/board.ts';
import { whereaboutsOf } from '../../web/lib/offline/whereabouts.ts';
import { aPage, MemoryDevice, someKeys } from '../support/device.ts';

const [JONAS, METTE] = [anId<PersonId>(1), anId<PersonId>(2)];
const [A_CASE, OTHER_CASE] = [anId<CaseId>(50), anId<CaseId>(51)];
const TEAM = `${A_CASE}.team.e1`;
const NOBODY: Answer<OfflineKeys> = { ok: false, status: 401, code: 'not-signed-in' };
let device: MemoryDevice;
let nowMs: number;
beforeEach(() => {
	device = new MemoryDevice();
	nowMs = 1_000_000;
});

const pageOf = (ownerId: PersonId, keys = someKeys(1), caseId = A_CASE) =>
	aPage({ device, ownerId, caseId, keys: async () => keys, nowMs: () => nowMs });

/** What somebody types, key by key, as the document says it. */
function typing(words: string): { updates: Uint8Array[]; doc: Y.Doc } {
	const doc = new Y.Doc();
	const updates: Uint8Array[] = [];
	doc.on('update', (update: Uint8Array) => updates.push(update));
	for (const key of words) doc.getText('goal/team').insert(doc.getText('goal/team').length, key);
	return { updates, doc };
}

async function typedOn(page: Awaited<ReturnType<typeof pageOf>>, words: string, document = TEAM) {
	const log = page.offline.logOf(document);
	for (const update of typing(words).updates) log.add(update);
	await log.flush();
	return log;
}

function wordsOf(update: Uint8Array | undefined): string {
	const doc = new Y.Doc();
	if (update) Y.applyUpdate(doc, update);
	return doc.getText('goal/team').toString();
}

test('the next page finds what was typed, whole, with the time of it, and not in the clear', async () => {
	await typedOn(await pageOf(JONAS), 'Aldrig sendt');
	const bytes = Buffer.concat([...device.pieces.values()].map((piece) => Buffer.from(piece.bytes))).toString('latin1');
	expect(bytes).not.toMatch(/Aldrig|goal/);
	nowMs += 5_000;
	const { found } = await pageOf(JONAS);
	expect(found.map(({ document, writtenAtMs }) => [document, writtenAtMs])).toEqual([[TEAM, 1_000_000]]);
	expect(wordsOf(found[0]?.update)).toBe('Aldrig sendt');
});

test('one tick is one piece', async () => {
	await typedOn(await pageOf(JONAS), 'Tyve bogstaver her..');
	expect(device.pieces.size).toBeLessThanOrEqual(2);
});

test('what the server has stored is not kept, neither what lies there nor what is on its way', async () => {
	const page = await pageOf(JONAS);
	const log = await typedOn(page, 'Første');
	expect(device.pieces.size).toBeGreaterThan(0);
	const { promise, resolve } = Promise.withResolvers<void>();
	device.gate = promise;
	for (const update of typing('Andet').updates) log.add(update);
	const stored = log.stored();
	resolve();
	await stored;
	expect(device.pieces.size).toBe(0);
});

test('found words are deleted, and said to be sent, when the server has stored them and not before', async () => {
	await typedOn(await pageOf(JONAS), 'Sendes igen');
	const { offline, found } = await pageOf(JONAS);
	const log = offline.logOf(TEAM);
	let told = 0;
	log.adopt(found[0]!.ids, () => told++);
	expect([device.pieces.size > 0, told]).toEqual([true, 0]);
	await log.stored();
	expect([device.pieces.size, told]).toEqual([0, 1]);
	await log.stored();
	expect(told).toBe(1);
});

test('after twelve hours they are deleted unread, and so they are when the clock was set back far', async () => {
	await typedOn(await pageOf(JONAS), 'Gammelt');
	nowMs += OFFLINE_TEXT_KEPT_MS - 1;
	await sweep(device, JONAS, () => nowMs);
	expect(device.pieces.size).toBeGreaterThan(0);
	nowMs += 1;
	expect((await pageOf(JONAS)).found).toEqual([]);
	expect(device.pieces.size).toBe(0);
	await typedOn(await pageOf(JONAS), 'Fra fremtiden');
	nowMs -= 60_000; // as clocks are corrected all the time
	expect((await pageOf(JONAS)).found).toHaveLength(1);
	nowMs -= 600_000;
	expect((await pageOf(JONAS)).found).toEqual([]);
	expect(device.pieces.size).toBe(0);
});

test('somebody else finds nothing and leaves nothing of it, whatever key they have', async () => {
	await typedOn(await pageOf(JONAS), 'Kun Jonas');
	expect((await pageOf(METTE)).found).toEqual([]);
	expect(device.pieces.size).toBe(0);
});

test('another key, or bytes moved to another person’s name, open nothing', async () => {
	await typedOn(await pageOf(JONAS), 'Kun med nøglen');
	for (const [id, piece] of device.pieces) device.pieces.set(id, { ...piece, ownerId: METTE });
	expect((await pageOf(METTE)).found).toEqual([]);
	await typedOn(await pageOf(JONAS), 'Kun med nøglen');
	expect((await pageOf(JONAS, someKeys(2))).found).toEqual([]);
	expect(device.pieces.size).toBe(0);
});

test('words sealed in an earlier half day are found as long as its key is given out', async () => {
	await typedOn(await pageOf(JONAS, someKeys(1, [2, 1, 0])), 'I går aftes');
	expect(wordsOf((await pageOf(JONAS, someKeys(1, [4, 3, 2]))).found[0]?.update)).toBe('I går aftes');
	expect((await pageOf(JONAS, someKeys(1, [5, 4, 3]))).found).toEqual([]);
});

test('where it is forbidden nothing is kept, and everything of before goes, of every case', async () => {
	await typedOn(await pageOf(JONAS), 'Fra før');
	await typedOn(await pageOf(JONAS, someKeys(1), OTHER_CASE), 'Også fra før', `${OTHER_CASE}.team.e1`);
	const page = await pageOf(JONAS, { ok: true, value: { keys: [] } });
	expect([page.found, device.pieces.size]).toEqual([[], 0]);
	await typedOn(page, 'Nu');
	expect(device.pieces.size).toBe(0);
});

test('a case that is not ours any more leaves nothing; another case’s words stay', async () => {
	await typedOn(await pageOf(JONAS), 'Mistet');
	await typedOn(await pageOf(JONAS, someKeys(1), OTHER_CASE), 'Andetsteds', `${OTHER_CASE}.team.e1`);
	const page = await pageOf(JONAS, { ok: false, status: 404, code: 'not-found' });
	const left = new Set([...device.pieces.values()].map(({ document }) => document));
	expect([page.found, [...left]]).toEqual([[], [`${OTHER_CASE}.team.e1`]]);
});

test('while nobody is signed in nothing is kept or deleted; afterwards what was typed meanwhile is', async () => {
	await typedOn(await pageOf(JONAS), 'Fra før');
	const before = device.pieces.size;
	let keys: Answer<OfflineKeys> = NOBODY;
	const page = await aPage({ device, ownerId: JONAS, caseId: A_CASE, keys: async () => keys, nowMs: () => nowMs });
	await typedOn(page, 'Imens');
	expect([page.found, device.pieces.size]).toEqual([[], before]);
	keys = someKeys(1);
	await page.offline.ask();
	expect(device.pieces.size).toBeGreaterThan(before);
	page.offline.pause();
	const after = device.pieces.size;
	await typedOn(page, 'Logget ud');
	expect(device.pieces.size).toBe(after);
});

test('an answer that was on its way when access ended brings nothing back', async () => {
	const { promise, resolve } = Promise.withResolvers<Answer<OfflineKeys>>();
	await typedOn(await pageOf(JONAS), 'Mistet');
	let asked = 0;
	const keys = () => (asked++ === 0 ? Promise.resolve(NOBODY) : promise);
	const page = await aPage({ device, ownerId: JONAS, caseId: A_CASE, keys, nowMs: () => nowMs });
	const asking = page.offline.ask();
	await page.offline.wipe();
	resolve(someKeys(1));
	await asking;
	await typedOn(page, 'Efter');
	expect([page.found, device.pieces.size]).toEqual([[], 0]);
});

test('a device that is full or refuses leaves the words to the open page', async () => {
	device.put = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));
	await typedOn(await pageOf(JONAS), 'Kun på siden');
	expect(device.pieces.size).toBe(0);
});

test('a thousand pieces are one text again', async () => {
	const page = await pageOf(JONAS);
	const { updates } = typing('x'.repeat(1_000));
	for (const update of updates) await page.offline.keep(TEAM, update);
	expect(wordsOf((await pageOf(JONAS)).found[0]?.update)).toBe('x'.repeat(1_000));
});

test.each([
	[TEAM, 'there'],
	[`${A_CASE}.team.e2`, 'opened-anew'],
	[`${A_CASE}.private-${METTE}.e1`, 'gone'],
	['no document at all', 'gone'],
])('words of %s: %s', (document, whereabouts) => {
	expect(whereaboutsOf(document, [TEAM, `${A_CASE}.private-${JONAS}.e1`])).toBe(whereabouts);
});
