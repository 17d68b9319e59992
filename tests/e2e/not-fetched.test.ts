import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, ElementHandle, Locator, Page } from '@playwright/test';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { launchChromium, signedInContext } from '../support/browser.ts';
import { aDemoDataDir, discard, startServer, type RunningServer } from '../support/server.ts';
import { caseOf, field, openBoard } from './board-page.ts';

/** What a press opens is fetched apart from the board, and the network may be gone or slow just then. */
const FAILED = 'Det kunne ikke hentes lige nu. Prøv igen om lidt.';
const MANIFEST = join(import.meta.dirname, '../../.svelte-kit/output/client/.vite/manifest.json');
let server: RunningServer;
let browser: Browser;
let lead: BrowserContext;
let caseId: string;

beforeAll(async () => {
	[browser, server] = await Promise.all([launchChromium(), startServer(aDemoDataDir(inject('demoData')))]);
	lead = await signedInContext(browser, server.url, 'leder@tavle.example');
	caseId = await caseOf(lead, 'Amina Holm');
});
afterAll(async () => {
	await browser?.close();
	await server?.stop();
	if (server) await discard(server.dataDir);
});

/** The file that one source became. */
function fileOf(source: string): string {
	const built = JSON.parse(readFileSync(MANIFEST, 'utf8')) as Record<string, { readonly file: string }>;
	return built[source]!.file;
}

/** On the page, wherever it is scrolled to. */
const placeOf = (pressed: ElementHandle) =>
	pressed.evaluate((element) => {
		if (!(element instanceof Element)) throw new TypeError('What is pressed is an element');
		const { left, top, width, height } = element.getBoundingClientRect();
		return { left, top: top + scrollY, width, height };
	});

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first();
type Part = readonly [name: string, source: string, press: (page: Page) => Locator, opened: (page: Page) => Locator];
const PARTS: readonly Part[] = [
	[
		'the form of a new track',
		'web/lib/board/AddTrackForm.svelte',
		(page) => button(page, 'Tilføj spor'),
		(page) => page.getByRole('combobox', { name: 'Hvilket spor' }),
	],
	[
		'what a track is like',
		'web/lib/board/LaneDetail.svelte',
		(page) => page.getByRole('rowheader', { name: /Motion/ }).getByRole('button'),
		(page) => page.getByRole('group', { name: 'Ret Motion' }),
	],
	[
		'the steps of the phases',
		'web/lib/board/PhaseSteps.svelte',
		(page) => button(page, 'Vis trin'),
		(page) => page.getByRole('region', { name: 'Faser og trin' }),
	],
	[
		'the list of keys',
		'web/lib/board/ShortcutList.svelte',
		(page) => button(page, 'Genveje'),
		(page) => page.getByRole('dialog', { name: 'Genveje på tavlen' }),
	],
	[
		'the field of a comment',
		'web/lib/board/WriteBelow.svelte',
		(page) => button(page, /^Kommentér observationen/),
		(page) => field(page, /Din kommentar/),
	],
];

test.each(PARTS)('%s cannot be fetched: the page says so, and the next press opens it', async (_, source, press, opened) => {
	const page = await lead.newPage();
	const file = `**/${fileOf(source)}`;
	await page.route(file, (route) => route.abort());
	await openBoard(lead, caseId, page);
	await press(page).click();
	await page.getByRole('alert').getByText(FAILED).waitFor();
	expect(await press(page).getAttribute('aria-busy')).not.toBe('true');
	await page.unroute(file);
	await press(page).click();
	await opened(page).waitFor();
	expect(await page.getByText(FAILED).count()).toBe(0);
	await page.close();
});

test.each(PARTS)('%s is long on its way: what was pressed says so and stays where it was', async (_, source, press, opened) => {
	const page = await lead.newPage();
	const { promise: arrives, resolve: letItCome } = Promise.withResolvers<void>();
	await page.route(`**/${fileOf(source)}`, async (route) => {
		await arrives;
		await route.continue();
	});
	await openBoard(lead, caseId, page);
	const pressed = (await press(page).elementHandle())!; // what it is called may change
	const before = await placeOf(pressed);
	await pressed.click();
	await expect.poll(() => pressed.getAttribute('aria-busy')).toBe('true');
	expect(await placeOf(pressed)).toEqual(before);
	letItCome();
	await opened(page).waitFor();
	await page.close();
});
