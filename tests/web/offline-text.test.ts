import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { OFFLINE_TEXT_KEPT_MS } from '../../domain/offline-text.ts';
import type { CaseId, PersonId, PlacementId } from '../../domain/ids.ts';
import { FoundTexts } from '../../web/lib/offline/found-texts.ts';
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
afterEach(() => vi.unstubAllGlobals());

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
	for (const update of typing(words).updates) log.add({ update, fields: [] });
	await log.flush();
	return log;
}

/** Typed on a page that has ended since. */
async function leftBehind(words: string, document = TEAM, page = pageOf(JONAS)): Promise<void> {
	await typedOn(await page, words, document);
	(await page).offline.stop();
}

function wordsOf(update: Uint8Array | undefined): string {
	const doc = new Y.Doc();
	if (update) Y.applyUpdate(doc, update);
	return doc.getText('goal/team').toString();
}

test('the next page finds what was typed, whole, with the time of it, and not in the clear', async () => {
	await leftBehind('Aldrig sendt');
	const bytes = Buffer.concat([...device.pieces.values()].map((piece) => Buffer.from(piece.bytes))).toString('latin1');
	expect(bytes).not.toMatch(/Aldrig|goal/);
	nowMs += 5_000;
	const { found } = await pageOf(JONAS);
	expect(found.map(({ document, writtenAtMs }) => [document, writtenAtMs])).toEqual([[TEAM, 1_000_000]]);
	expect(wordsOf(found[0]?.update)).toBe('Aldrig sendt');
});

test('one tick is one piece', async () => {
	await leftBehind('Tyve bogstaver her..');
	expect(device.pieces.size).toBe(1);
});

test('what the server has stored is not kept, neither what lies there nor what is on its way', async () => {
	const page = await pageOf(JONAS);
	const log = await typedOn(page, 'Første');
	expect(device.pieces.size).toBeGreaterThan(0);
	const { promise, resolve } = Promise.withResolvers<void>();
	device.gate = promise;
	for (const update of typing('Andet').updates) log.add({ update, fields: [] });
	const stored = log.stored();
	resolve();
	await stored;
	expect(device.pieces.size).toBe(0);
});

test('found words are deleted, and said to be sent, when the server has stored them and not before', async () => {
	await leftBehind('Sendes igen');
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
	await leftBehind('Gammelt');
	nowMs += OFFLINE_TEXT_KEPT_MS - 1;
	await sweep(device, JONAS, () => nowMs);
	expect(device.pieces.size).toBeGreaterThan(0);
	nowMs += 1;
	expect((await pageOf(JONAS)).found).toEqual([]);
	expect(device.pieces.size).toBe(0);
	await leftBehind('Fra fremtiden');
	nowMs -= 60_000; // as clocks are corrected all the time
	expect((await pageOf(JONAS)).found).toHaveLength(1);
	nowMs -= 600_000;
	expect((await pageOf(JONAS)).found).toEqual([]);
	expect(device.pieces.size).toBe(0);
});

test('somebody else finds nothing and leaves nothing of it, whatever key they have', async () => {
	await leftBehind('Kun Jonas');
	expect((await pageOf(METTE)).found).toEqual([]);
	expect(device.pieces.size).toBe(0);
});

test('another key, or bytes moved to another person’s name, open nothing', async () => {
	await leftBehind('Kun med nøglen');
	for (const [id, piece] of device.pieces) device.pieces.set(id, { ...piece, ownerId: METTE });
	expect((await pageOf(METTE)).found).toEqual([]);
	await leftBehind('Kun med nøglen');
	expect((await pageOf(JONAS, someKeys(2))).found).toEqual([]);
	expect(device.pieces.size).toBe(0);
});

test('words sealed in an earlier half day are found as long as its key is given out', async () => {
	await leftBehind('I går aftes', TEAM, pageOf(JONAS, someKeys(1, [2, 1, 0])));
	expect(wordsOf((await pageOf(JONAS, someKeys(1, [4, 3, 2]))).found[0]?.update)).toBe('I går aftes');
	expect((await pageOf(JONAS, someKeys(1, [5, 4, 3]))).found).toEqual([]);
});

test('where it is forbidden nothing is kept, and everything of before goes, of every case', async () => {
	await leftBehind('Fra før');
	await leftBehind('Også fra før', `${OTHER_CASE}.team.e1`, pageOf(JONAS, someKeys(1), OTHER_CASE));
	const page = await pageOf(JONAS, { ok: true, value: { keys: [] } });
	expect([page.found, device.pieces.size]).toEqual([[], 0]);
	await typedOn(page, 'Nu');
	expect(device.pieces.size).toBe(0);
});

test('a case that is not ours any more leaves nothing; another case’s words stay', async () => {
	await leftBehind('Mistet');
	await leftBehind('Andetsteds', `${OTHER_CASE}.team.e1`, pageOf(JONAS, someKeys(1), OTHER_CASE));
	const page = await pageOf(JONAS, { ok: false, status: 404, code: 'not-found' });
	const left = new Set([...device.pieces.values()].map(({ document }) => document));
	expect([page.found, [...left]]).toEqual([[], [`${OTHER_CASE}.team.e1`]]);
});

test('a placement that is not ours any more leaves nothing of its own; the plan’s words, the drafts’ and another placement’s stay', async () => {
	const [lost, kept] = [anId<PlacementId>(70), anId<PlacementId>(71)];
	const nameOf = (placementId: PlacementId, epoch = 1) => `${A_CASE}.placement-${placementId}.e${epoch}`;
	const drafts = `${A_CASE}.private-${JONAS}.e1`;
	const other = await pageOf(JONAS); // still open
	await typedOn(other, 'Planens', TEAM);
	await typedOn(other, 'Mistet i en anden fane', nameOf(lost, 2));
	await typedOn(other, 'En anden praktiks', nameOf(kept));
	const page = await pageOf(JONAS);
	await typedOn(page, 'Mistet', nameOf(lost));
	await typedOn(page, 'Min kladde', drafts);
	await page.offline.wipePlacement(lost);
	expect(new Set([...device.pieces.values()].map(({ document }) => document))).toEqual(new Set([TEAM, nameOf(kept), drafts]));
});

test('a page that is being left finds nothing more, and holds what is its to send until it stops', async () => {
	const page = await pageOf(JONAS);
	await typedOn(page, 'Bliver forseglet');
	page.offline.close();
	await leftBehind('En andens');
	await page.offline.ask();
	expect(page.found).toEqual([]);
	expect((await pageOf(JONAS)).found.map(({ update }) => wordsOf(update))).toEqual(['En andens']);
	page.offline.stop();
	expect((await pageOf(JONAS)).found.map(({ update }) => wordsOf(update))).toEqual(['Bliver forseglet']);
});

test('while nobody is signed in nothing is kept or deleted; afterwards what was typed meanwhile is', async () => {
	await leftBehind('Fra før');
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
	await leftBehind('Mistet');
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

test('what a page that is open has written is its own; the next one finds it when that page has ended', async () => {
	const first = await pageOf(JONAS);
	await typedOn(first, 'Åben i et faneblad');
	expect((await pageOf(JONAS)).found).toEqual([]);
	expect(device.pieces.size).toBeGreaterThan(0);
	first.offline.pause(); // signed out on top of the page: it is still there
	expect((await pageOf(JONAS)).found).toEqual([]);
	first.offline.stop();
	expect(wordsOf((await pageOf(JONAS)).found[0]?.update)).toBe('Åben i et faneblad');
});

test('of two pages opened after a crash one finds the words; the other does when that one has ended too', async () => {
	await leftBehind('Fundet én gang');
	const both = await Promise.all([pageOf(JONAS), pageOf(JONAS)]);
	const finders = both.filter(({ found }) => found.length > 0);
	expect(finders.map(({ found }) => wordsOf(found[0]?.update))).toEqual(['Fundet én gang']);
	expect((await pageOf(JONAS)).found).toEqual([]);
	finders[0]!.offline.stop();
	expect(wordsOf((await pageOf(JONAS)).found[0]?.update)).toBe('Fundet én gang');
});

test('a page that stays open finds what another one left when it asks next, and is told of it once', async () => {
	const [open, other] = [await pageOf(JONAS), await pageOf(JONAS)];
	await typedOn(open, 'Mit eget');
	await typedOn(other, 'Den andens');
	await open.offline.ask();
	expect(open.found).toEqual([]);
	other.offline.stop();
	await Promise.all([open.offline.ask(), open.offline.ask()]);
	await open.offline.ask();
	expect(open.found.map(({ update }) => wordsOf(update))).toEqual(['Den andens']);
	expect((await pageOf(JONAS)).found).toEqual([]);
});

test('what a page wrote on its way out is found too, by who had taken over the rest of it', async () => {
	const [open, leaving] = [await pageOf(JONAS), await pageOf(JONAS)];
	await typedOn(leaving, 'Først');
	leaving.offline.stop();
	await open.offline.ask();
	await typedOn(leaving, 'Til sidst');
	await open.offline.ask();
	expect(open.found.map(({ update }) => wordsOf(update))).toEqual(['Først', 'Til sidst']);
});

test('words found while nobody is signed in any more are told of after signing in again', async () => {
	const open = await pageOf(JONAS);
	await leftBehind('Fundet for sent');
	const all = device.all.bind(device);
	device.all = () => (open.offline.pause(), all());
	await open.offline.ask();
	expect(open.found).toEqual([]);
	device.all = all;
	await open.offline.ask();
	expect(open.found.map(({ update }) => wordsOf(update))).toEqual(['Fundet for sent']);
});

test('of two finds in one document that waits both are sent, with all their pieces and the time of the last', () => {
	const waiting = new FoundTexts();
	const all = ['Den første', 'Den anden'].map((words) => Y.mergeUpdates(typing(words).updates));
	for (const [at, update] of all.entries())
		waiting.add({ document: TEAM, ids: [`piece ${at}`], update, fields: [`field ${at}`], writtenAtMs: 20 - at });
	const text = waiting.take(TEAM)!;
	expect(text).toMatchObject({ ids: ['piece 0', 'piece 1'], fields: ['field 0', 'field 1'], writtenAtMs: 20 });
	const words = wordsOf(text.update);
	expect([words.includes('Den første'), words.includes('Den anden'), waiting.all()]).toEqual([true, true, []]);
});

test('a page that is left before its keys come takes nothing over', async () => {
	await leftBehind('Til den næste');
	const { promise, resolve } = Promise.withResolvers<Answer<OfflineKeys>>();
	let asked = 0;
	const keys = () => (asked++ === 0 ? Promise.resolve(NOBODY) : promise);
	const page = await aPage({ device, ownerId: JONAS, caseId: A_CASE, keys, nowMs: () => nowMs });
	const asking = page.offline.ask();
	page.offline.stop();
	resolve(someKeys(1));
	await asking;
	expect(page.found).toEqual([]);
	expect((await pageOf(JONAS)).found).toHaveLength(1);
});

test('a page leaves alone what lies there for a page of another document', async () => {
	const placement = `${A_CASE}.placement-${anId(70)}.e1`;
	await leftBehind('Til planen');
	await leftBehind('Til praktikken', placement);
	const boardPage = { device, ownerId: JONAS, caseId: A_CASE, keys: async () => someKeys(1), nowMs: () => nowMs };
	const { found } = await aPage({ ...boardPage, isMeant: (document) => document === TEAM });
	expect(found.map(({ document }) => document)).toEqual([TEAM]);
	expect((await pageOf(JONAS)).found.map(({ document }) => document)).toEqual([placement]);
});

test('where a browser has no locks a page takes what it finds when it opens, and nothing later', async () => {
	vi.stubGlobal('navigator', {});
	const first = await pageOf(JONAS);
	await typedOn(first, 'Uden låse');
	const second = await pageOf(JONAS);
	expect(second.found).toHaveLength(1);
	await typedOn(second, 'Stadig åben');
	await first.offline.ask();
	expect(first.found).toEqual([]);
});

test('words that become drafts lie on the device until the drafts do, and in one step no longer than that', async () => {
	await leftBehind('Uden plads');
	const before = [...device.pieces.keys()];
	const { offline, found } = await pageOf(JONAS);
	const drafts = offline.logOf(`${A_CASE}.private-${JONAS}.e1`);
	drafts.replace(found[0]!.ids);
	await drafts.flush();
	expect([...device.pieces.keys()]).toEqual(before);
	for (const update of typing('Uden plads').updates) drafts.add({ update, fields: [] });
	expect([...device.pieces.keys()]).toEqual(before);
	await drafts.flush();
	expect([...device.pieces.values()].map(({ document }) => document)).toEqual([`${A_CASE}.private-${JONAS}.e1`]);
	await drafts.stored();
	expect(device.pieces.size).toBe(0);
});

test('while the drafts cannot lie on the device, the words go when the server has stored the drafts and not before', async () => {
	await leftBehind('Uden plads');
	const before = [...device.pieces.keys()];
	const { offline, found } = await pageOf(JONAS);
	const drafts = offline.logOf(`${A_CASE}.private-${JONAS}.e1`);
	drafts.replace(found[0]!.ids);
	offline.pause();
	for (const update of typing('Uden plads').updates) drafts.add({ update, fields: [] });
	await drafts.flush();
	expect([...device.pieces.keys()]).toEqual(before);
	await drafts.stored();
	expect(device.pieces.size).toBe(0);
});

test('a log that lets go leaves what lies there, and says what it is', async () => {
	const page = await pageOf(JONAS);
	const log = await typedOn(page, 'Står her');
	log.replace(['another']);
	const before = [...device.pieces.keys()];
	expect(log.letGo()).toEqual({ ids: before, replaced: ['another'] });
	await log.stored();
	expect([...device.pieces.keys()]).toEqual(before);
});

test('words that wait while a log lets go are not written later: they are kept elsewhere by then', async () => {
	let keys: Answer<OfflineKeys> = NOBODY;
	const page = await aPage({ device, ownerId: JONAS, caseId: A_CASE, keys: async () => keys, nowMs: () => nowMs });
	const log = await typedOn(page, 'Ligger som kladde');
	log.letGo();
	keys = someKeys(1);
	await page.offline.ask();
	expect(device.pieces.size).toBe(0);
});

test('at whatever moment after a piece lies there the next word comes, it is written too', async () => {
	const { offline } = await pageOf(JONAS);
	const [first, second] = typing('To').updates as [Uint8Array, Uint8Array];
	const put = device.put.bind(device);
	for (let ticks = 0; ticks < 20; ticks++) {
		const log = offline.logOf(TEAM);
		const comes = async () => {
			for (let tick = 0; tick < ticks; tick++) await Promise.resolve();
			log.add({ update: second, fields: [] });
		};
		device.put = async (piece, replaced) => {
			device.put = put;
			await put(piece, replaced);
			void comes();
		};
		log.add({ update: first, fields: [] });
		await vi.waitFor(() => expect([ticks, device.pieces.size]).toEqual([ticks, 2]));
		await log.forget();
	}
});

test('a page that is left before it has opened what it found takes nothing over, and forgets nothing of it', async () => {
	await leftBehind('Endnu ikke åbnet');
	let keys: Answer<OfflineKeys> = NOBODY;
	const page = await aPage({ device, ownerId: JONAS, caseId: A_CASE, keys: async () => keys, nowMs: () => nowMs });
	keys = someKeys(1);
	const { promise, resolve } = Promise.withResolvers<void>();
	const all = device.all.bind(device);
	const looking = vi.fn(() => promise.then(all));
	device.all = looking;
	const asking = page.offline.ask();
	await vi.waitFor(() => expect(looking).toHaveBeenCalledTimes(1));
	device.all = () => (page.offline.stop(), all());
	resolve();
	await asking;
	await page.offline.forget();
	expect(page.found).toEqual([]);
	expect((await pageOf(JONAS)).found).toHaveLength(1);
});

test('which choices were made is found too, each once, also one made anew: of that the update does not tell', async () => {
	const page = await pageOf(JONAS);
	const log = page.offline.logOf(TEAM);
	const choice = 'weeks/2026-W47/a-track/direction';
	for (const fields of [[choice], ['tracks/a-track/owner', choice]]) {
		log.add({ update: typing('x').updates[0]!, fields });
		await log.flush();
	}
	page.offline.stop();
	expect((await pageOf(JONAS)).found[0]?.fields).toEqual([choice, 'tracks/a-track/owner']);
});

test('a page whose words are kept elsewhere forgets its own and what it took over, not what another page has', async () => {
	await leftBehind('Overtaget');
	const mine = await pageOf(JONAS);
	const other = await pageOf(JONAS);
	await typedOn(mine, 'Mit');
	await typedOn(other, 'Dit');
	await mine.offline.forget();
	other.offline.stop();
	expect((await pageOf(JONAS)).found.map(({ update }) => wordsOf(update))).toEqual(['Dit']);
});

test('on a page that did not come over TLS nothing is kept, and nothing fails', async () => {
	vi.stubGlobal('crypto', { getRandomValues: (into: Uint8Array) => into });
	await typedOn(await pageOf(JONAS), 'Uden kryptografi');
	expect(device.pieces.size).toBe(0);
});

test('a device that is full or refuses leaves the words to the open page', async () => {
	device.put = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));
	await leftBehind('Kun på siden');
	expect(device.pieces.size).toBe(0);
});

test('a thousand pieces are one text again', async () => {
	const page = await pageOf(JONAS);
	const { updates } = typing('x'.repeat(1_000));
	for (const update of updates) await page.offline.keep(TEAM, { update, fields: [] }, []);
	page.offline.stop();
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
