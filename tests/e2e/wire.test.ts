import type { Browser, Page } from '@playwright/test';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { defaultTemplate } from '../../domain/programme/default-templates.ts';
import { PROFESSIONS } from '../../domain/people.ts';
import { launchChromium, signedInContext } from '../support/browser.ts';
import { aDemoDataDir, discard, startServer, type RunningServer } from '../support/server.ts';
import { WireRecorder } from '../support/wire-recorder.ts';
import { CITIZEN, type PlantedCase, plantCase, plantedWord, type Place, PLACES } from './planted-case.ts';

let server: RunningServer;
let browser: Browser;
let planted: PlantedCase;

beforeAll(async () => {
	server = await startServer(aDemoDataDir(inject('demoData')));
	browser = await launchChromium();
	planted = await plantCase(server.url);
	await planted.plant('stored');
});
afterAll(async () => {
	planted?.close();
	await browser?.close();
	await server?.stop();
	if (server) await discard(server.dataDir);
});

function paths() {
	const { caseId, ownPlacementId, otherPlacementId } = planted;
	const api = `/api/v1/cases/${caseId}`;
	const to = (compartment: string, placementId = '') => `${api}/readers?compartment=${compartment}&placementId=${placementId}`;
	return {
		pages: [
			...['/', '/cases', '/settings', '/admin/citizens', '/admin/people', '/admin/teams', '/admin/organisations'],
			...[`/access/${caseId}`, `/cases/${caseId}/summary`, `/cases/${caseId}/placements/${otherPlacementId}`],
			...[`/cases/${caseId}/placements/${ownPlacementId}`, `/cases/${caseId}`],
		],
		api: [
			...['me', 'cases', 'citizens', 'people', 'teams', 'templates', 'organisations', `unsent-texts/${caseId}`].map(
				(end) => `/api/v1/${end}`,
			),
			...['', '/board', '/summary', '/observations', '/access', '/unsent-texts'].map((end) => api + end),
			...[to('team'), to('clinical'), to('justice'), to('placement', ownPlacementId), to('placement', otherPlacementId)],
			...['/api/openapi.json', '/metrics', '/healthz', '/readyz'],
		],
	};
}

/** Opens a document from the page, as somebody would who knows its name, and asks for everything in it. */
async function askForDocuments(page: Page): Promise<void> {
	await page.evaluate(async (names) => {
		const ask = (name: string) =>
			new Promise<void>((resolve) => {
				const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/sync/${name}`);
				socket.onopen = () => socket.send(new Uint8Array([0, 0, 1, 0]));
				socket.onclose = () => resolve();
				setTimeout(() => socket.close(), 700);
			});
		await Promise.all(names.map(ask));
	}, Object.values(planted.documents));
}

/** Writing where one may not read: the refusal must not tell either. */
async function tryToWrite(page: Page): Promise<void> {
	await page.evaluate(
		async (urls) => {
			const body = JSON.stringify({ text: 'Hvad står der?' });
			for (const url of urls) await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
		},
		planted.observationIds.map((id) => `/api/v1/observations/${id}/amendments`),
	);
}

async function everythingReceivedBy(account: string): Promise<WireRecorder> {
	const context = await signedInContext(browser, server.url, `${account}@tavle.example`);
	const wire = new WireRecorder(context);
	const page = await context.newPage();
	const { pages, api } = paths();
	for (const path of pages) {
		await page.goto(path);
		await page.waitForLoadState('networkidle');
		await wire.settle();
	}
	const data = pages.map((path) => (path === '/' ? '/__data.json' : `${path}/__data.json`));
	await page.evaluate(
		async (urls) => {
			for (const url of urls) await (await fetch(url)).text();
		},
		[...api, ...data],
	);
	await askForDocuments(page);
	await tryToWrite(page);
	await planted.plant(`seenBy${account}`); // while this reader looks on
	await page.waitForTimeout(1_500);
	await wire.settle();
	expect(wire.unread, 'bodies nobody looked into').toEqual([]);
	await context.close();
	return wire;
}

function leaksIn(wire: WireRecorder, mayRead: readonly Place[]): string[] {
	const kept = PLACES.filter((place) => !mayRead.includes(place));
	return kept.flatMap((place) => wire.carrying(plantedWord(place)));
}

test("the company's mentor receives their own placement and not a word, track or profession more", async () => {
	const wire = await everythingReceivedBy('virksomhed');
	expect(leaksIn(wire, ['ownPlacement'])).toEqual([]);

	const own = wire.carrying(plantedWord('ownPlacement', 'stored'));
	expect(own.some((found) => found.endsWith(`/placements/${planted.ownPlacementId}`))).toBe(true);
	expect(own.some((found) => found.includes('ws://') && found.includes('/sync/'))).toBe(true);
	expect(wire.carrying(plantedWord('ownPlacement', 'seenByvirksomhed')).length).toBeGreaterThan(0);
	expect(wire.framesOf('/socket.io')).toBeGreaterThan(0);

	const tracks = defaultTemplate('parallel').trackTypes.filter(({ jobDirected }) => !jobDirected);
	const names = tracks.flatMap(({ id, label }) => [`"${id}"`, label.da, label.en]);
	const professions = PROFESSIONS.filter((profession) => profession !== 'company-mentor').map((profession) => `"${profession}"`);
	expect([...names, ...professions].flatMap((name) => wire.carrying(name))).toEqual([]);
});

test("the prison's partner receives what is written of the sentence, and nothing of the plan", async () => {
	const wire = await everythingReceivedBy('kriminalforsorg');
	expect(leaksIn(wire, ['justice'])).toEqual([]);
	expect(wire.carrying(plantedWord('justice', 'stored')).length).toBeGreaterThan(0);
	expect(wire.carrying(plantedWord('justice', 'seenBykriminalforsorg')).length).toBeGreaterThan(0);
});

test('the lead of another team does not learn that the citizen exists', async () => {
	const wire = await everythingReceivedBy('leder2');
	expect(leaksIn(wire, [])).toEqual([]);
	expect(wire.carrying(CITIZEN)).toEqual([]);
	expect(wire.carrying('Albert Juhl').length).toBeGreaterThan(0);
});

test('an administrator knows who is a citizen here, and opens no case', async () => {
	const wire = await everythingReceivedBy('admin');
	expect(leaksIn(wire, [])).toEqual([]);
	expect(wire.carrying(CITIZEN).length).toBeGreaterThan(0);
});

test('the search finds a planted word in the wire of who may read it', async () => {
	const wire = await everythingReceivedBy('psykolog');
	expect(leaksIn(wire, ['team', 'clinical', 'ownPlacement', 'otherPlacement'])).toEqual([]);
	for (const place of ['team', 'clinical', 'otherPlacement'] as const) {
		for (const wave of ['stored', 'seenBypsykolog'])
			expect(wire.carrying(plantedWord(place, wave)), `${place} ${wave}`).not.toEqual([]);
	}
});
