import type { Browser, Page } from '@playwright/test';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { defaultTemplate } from '../../domain/programme/default-templates.ts';
import { PROFESSIONS } from '../../domain/people.ts';
import { launchChromium, signedInContext, visit } from '../support/browser.ts';
import { aDemoDataDir, discard, startServer, type RunningServer } from '../support/server.ts';
import { apiAs } from '../support/signed-in.ts';
import { WireRecorder } from '../support/wire-recorder.ts';
import { CITIZEN, type PlantedCase, plantCase, plantedWord, type Place, PLACES } from './planted-case.ts';
import { meetingPathsOf } from './planted-meeting.ts';

/** Where each of them may read in the planted case; what is written anywhere else must not reach them. */
const READERS = {
	virksomhed: ['ownPlacement'],
	kriminalforsorg: ['justice'],
	leder2: [],
	admin: [],
	psykolog: ['team', 'clinical', 'ownPlacement', 'otherPlacement'],
} as const satisfies Record<string, readonly Place[]>;
type Reader = keyof typeof READERS;
const ACCOUNTS = Object.keys(READERS) as readonly Reader[];

let server: RunningServer;
let browser: Browser;
let planted: PlantedCase;
let meetingPaths: readonly string[];
let wires: Readonly<Record<Reader, WireRecorder>>;

beforeAll(async () => {
	server = await startServer(aDemoDataDir(inject('demoData')));
	browser = await launchChromium();
	planted = await plantCase(server.url);
	await planted.plant('stored');
	meetingPaths = await meetingPathsOf(await apiAs(server.url, 'leder'), planted.caseId);
	const looks = await Promise.all(ACCOUNTS.map(lookAtEverything));
	wires = Object.fromEntries(looks) as typeof wires;
	await planted.plant('seen');
	await planted.plant('after');
	// Whoever could hear of the second wave has heard of the first: what is not there now was not sent.
	await Promise.all(
		ACCOUNTS.map((account) => wires[account].carries(READERS[account].map((place) => plantedWord(place, 'after')))),
	);
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
			...[
				'/cases',
				'/tasks',
				'/minutes',
				'/templates',
				'/settings',
				'/admin/citizens',
				'/admin/people',
				'/admin/teams',
				'/admin/organisations',
			],
			...[`/access/${caseId}`, `/cases/${caseId}/summary`, `/cases/${caseId}/placements/${otherPlacementId}`],
			...[`/cases/${caseId}/placements/${ownPlacementId}`, `/cases/${caseId}`],
		],
		api: [
			...['me', 'cases', 'citizens', 'people', 'teams', 'templates', 'organisations', `unsent-texts/${caseId}`].map(
				(end) => `/api/v1/${end}`,
			),
			...['', '/board', '/summary', '/observations', '/access', '/unsent-texts'].map((end) => api + end),
			...['/programme', '/ratings', '/history', `/history?placementId=${otherPlacementId}`].map((end) => api + end),
			...['tasks', 'template-versions', ...meetingPaths].map((end) => `/api/v1/${end}`),
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
			for (const url of urls)
				await (await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })).text();
		},
		planted.observationIds.map((id) => `/api/v1/observations/${id}/amendments`),
	);
}

/** Every page, answer and document there is, and then stays where the case is shown. */
async function lookAtEverything(account: Reader): Promise<readonly [Reader, WireRecorder]> {
	const context = await signedInContext(browser, server.url, `${account}@tavle.example`);
	const wire = new WireRecorder(context);
	const page = await context.newPage();
	const { pages, api } = paths();
	for (const path of pages) {
		await visit(page, path);
		if (path.includes(planted.caseId)) await page.waitForLoadState('networkidle'); // its readers, its documents
		await wire.settle();
	}
	await page.evaluate(
		async (urls) => {
			await Promise.all(urls.map(async (url) => (await fetch(url)).text()));
		},
		[...api, ...pages.map((path) => `${path}/__data.json`)],
	);
	await askForDocuments(page);
	await tryToWrite(page);
	return [account, wire];
}

function leaksTo(account: Reader): string[] {
	const kept = PLACES.filter((place) => !(READERS[account] as readonly Place[]).includes(place));
	return kept.flatMap((place) => wires[account].carrying(plantedWord(place)));
}

test('every body that came was looked into', () => {
	expect(ACCOUNTS.flatMap((account) => wires[account].unread.map((body) => `${account}: ${body}`))).toEqual([]);
});

test.each(ACCOUNTS)('%s receives what is written where they may read, and not a word of the rest', (account) => {
	expect(leaksTo(account)).toEqual([]);
	for (const place of READERS[account])
		for (const wave of ['stored', 'seen'])
			expect(wires[account].carrying(plantedWord(place, wave)), `${place} ${wave}`).not.toEqual([]);
});

test('whoever reads the plan receives it from every route of the meeting, the minutes, the snapshots, the history and the tasks', () => {
	const found = wires.psykolog.carrying(plantedWord('team', 'stored'));
	for (const route of [/\/tasks$/, /\/meetings\/.*\/board$/, /\/minutes\/.*\//, /\/snapshots\/.*\/document$/, /\/history$/])
		expect(
			found.some((place) => route.test(place)),
			String(route),
		).toBe(true);
});

test("the company's mentor receives it on the page, on the document's socket and through the room", () => {
	const wire = wires.virksomhed;
	const own = wire.carrying(plantedWord('ownPlacement', 'stored'));
	expect(own.some((found) => found.endsWith(`/placements/${planted.ownPlacementId}`))).toBe(true);
	expect(own.some((found) => found.includes('ws://') && found.includes('/sync/'))).toBe(true);
	expect(wire.framesOf('/socket.io')).toBeGreaterThan(0);
});

test("the company's mentor receives no name of a track and nobody's profession but their own", () => {
	const tracks = defaultTemplate('parallel').trackTypes.filter(({ jobDirected }) => !jobDirected);
	const names = tracks.flatMap(({ id, label }) => [`"${id}"`, label.da, label.en]);
	const professions = PROFESSIONS.filter((profession) => profession !== 'company-mentor').map((profession) => `"${profession}"`);
	const found = [...names, ...professions].flatMap((name) => wires.virksomhed.carrying(name));
	expect(found.filter((place) => !place.endsWith('/api/openapi.json'))).toEqual([]);
});

test('the lead of another team does not learn that the citizen exists, an administrator knows no more than that', () => {
	expect(wires.leder2.carrying(CITIZEN)).toEqual([]);
	expect(wires.leder2.carrying('Albert Juhl')).not.toEqual([]);
	expect(wires.admin.carrying(CITIZEN)).not.toEqual([]);
});
