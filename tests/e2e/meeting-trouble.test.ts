import type { Browser, BrowserContext, Page } from '@playwright/test';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { CaseBoard, CaseList } from '../../server/api/case-board.ts';
import { dayOf } from '../../domain/iso-week.ts';
import type { MeetingView } from '../../server/api/meetings.ts';
import type { TemplateListEntry } from '../../server/api/templates.ts';
import { launchChromium, signedInContext, visit } from '../support/browser.ts';
import { ask, urlOf } from '../support/embedded-holder.ts';
import { aDemoDataDir, discard, startServer, type RunningServer } from '../support/server.ts';
import { apiAs, type ApiCaller } from '../support/signed-in.ts';
import { field, openBoard, reads } from './board-page.ts';
import { agendaOf, aWall, button, carryAll, eventually, isAt } from './meeting-page.ts';

/** One meeting in which everything goes wrong that can: each test goes on where the one before stopped. */
const THREE = ['Amina Holm', 'Emre Yildiz', 'Freja Mose'] as const;
const [AMINA, EMRE] = THREE;
const HOUR_MS = 3_600_000;

let server: RunningServer;
let browser: Browser;
let api: ApiCaller;
let meetingId: string;
let laptop: Page;
let phone: Page;
let teacher: Page;
let wall: Page;

beforeAll(async () => {
	server = await startServer(aDemoDataDir(inject('demoData')));
	browser = await launchChromium();
	api = await apiAs(server.url, 'leder');
	const { leads } = await api.get<{ leads: string[] }>('/me');
	({ meetingId } = await api.send<{ meetingId: string }>('POST', '/meetings', { teamId: leads[0]! }));
	await agendaOf(api, meetingId, THREE);
	[laptop, phone, teacher] = await Promise.all([sitDown('leder'), sitDown('leder'), sitDown('underviser', anHourFast)]);
	await phone.setViewportSize({ width: 390, height: 844 });
	await button(laptop, 'Åbn mødet').click();
	await button(laptop, 'Gå til den første').click();
	await Promise.all([laptop, phone, teacher].map((page) => isAt(page, AMINA)));
});
afterAll(async () => {
	await browser?.close();
	await server?.stop();
	if (server) await discard(server.dataDir);
});

/** A browser of its own, at the meeting. */
async function sitDown(account: string, prepare?: (context: BrowserContext) => Promise<void>): Promise<Page> {
	const context = await signedInContext(browser, server.url, `${account}@tavle.example`);
	await prepare?.(context);
	const page = await context.newPage();
	await visit(page, `/meeting/${meetingId}`);
	return page;
}

/** A device whose clock nobody ever set. */
async function anHourFast(context: BrowserContext): Promise<void> {
	await context.addInitScript((ahead) => {
		const Right = Date;
		window.Date = class extends Right {
			constructor(...given: [] | [number]) {
				super(...((given.length === 0 ? [Right.now() + ahead] : given) as [number]));
			}
			static override now(): number {
				return Right.now() + ahead;
			}
		} as DateConstructor;
	}, HOUR_MS);
}

/** `9.05` and `kl. 9.05` as minutes of the day. */
function minutesIn(words: string): number {
	const [, hours, minutes] = /(\d{1,2})[.:](\d\d)/.exec(words)!;
	return Number(hours) * 60 + Number(minutes);
}

/** Apart by less than half an hour, also around midnight. */
function isSameTime(left: number, right: number): boolean {
	const apart = Math.abs(left - right) % 1440;
	return Math.min(apart, 1440 - apart) < 30;
}

const clockNow = () =>
	minutesIn(new Intl.DateTimeFormat('da-DK', { timeZone: 'Europe/Copenhagen', timeStyle: 'short' }).format(new Date()));

test('a lead on laptop and phone is one of those present', async () => {
	await Promise.all([laptop, phone, teacher].map((page) => page.getByText('2 til stede').waitFor()));
});

test('a device an hour fast shows the time the meeting has, and what it writes is dated by the server', async () => {
	const [right, wrong] = await Promise.all(
		[laptop, teacher].map((page) => page.getByRole('region', { name: 'Tid', exact: true }).innerText()),
	);
	const ends = (words: string) => minutesIn(/kl\.\s.*/.exec(words)![0]);
	expect(isSameTime(ends(right!), ends(wrong!))).toBe(true);
	expect(isSameTime(minutesIn(right!), minutesIn(wrong!))).toBe(true);
	await field(teacher, /^Beslutning$/).fill('Skrevet en time foran');
	await button(teacher, 'Skriv i referatet').click();
	await field(laptop, 'Beslutningens ord').waitFor();
	const at = () => writtenAt(AMINA, 'Skrevet en time foran');
	await eventually(at).toBeDefined();
	expect(Math.abs((await at())! - Date.now())).toBeLessThan(HOUR_MS / 2);
	await teacher.getByRole('heading', { level: 1, name: AMINA }).click();
});

async function writtenAt(citizen: string, decision: string): Promise<number | undefined> {
	const { documents } = await api.get<CaseBoard>(`/cases/${await caseIdOf(citizen)}/board`);
	const made = documents.flatMap(({ projection }) => (projection && 'decisions' in projection ? projection.decisions : []));
	const found = made.find(({ text }) => text === decision);
	return found && Date.parse(found.created.at);
}

async function caseIdOf(name: string): Promise<string> {
	const { cases } = await api.get<CaseList>('/cases');
	return cases.find(({ citizenName }) => citizenName === name)!.id;
}

test('a wall an hour fast tells the server’s time on its curtain, and is blank as soon as it is taken off', async () => {
	const screen = await aWall(browser, server.url, anHourFast);
	wall = screen.page;
	expect(isSameTime(minutesIn(await wall.locator('.clock').innerText()), clockNow())).toBe(true);
	await api.send('POST', `/meetings/${meetingId}/wall`, { code: screen.code.replace(' ', '') });
	await button(laptop, /^Træk forhænget fra/).click();
	await wall.getByRole('heading', { level: 1, name: 'Amina' }).waitFor();
	await button(laptop, /^Forbind en vægskærm/).click();
	const begun = Date.now();
	await button(laptop, /^Tag skærmen fra/).click();
	await wall.getByText('Skærmen viser ikke noget møde').waitFor();
	process.stdout.write(`The wall was blank after ${Date.now() - begun} ms.\n`);
	expect(await wall.getByText('Amina').count()).toBe(0);
	await button(laptop.getByRole('dialog'), 'Luk').click();
});

test('when the lead’s browser dies somebody else takes the chair and goes on; the lead comes back to where the meeting is', async () => {
	await Promise.all([laptop, phone].map((page) => page.context().close()));
	const isTheirs = button(teacher, /Ordstyreren er væk, du får den straks$/);
	await eventually(() => halfAMinuteLater().then(() => isTheirs.isVisible())).toBe(true);
	await isTheirs.click();
	await button(teacher, 'Luk punktet, gå til 2').click();
	await isAt(teacher, EMRE);
	[laptop, phone] = await Promise.all([sitDown('leder'), sitDown('leder')]);
	await Promise.all([laptop, phone].map((page) => isAt(page, EMRE)));
	await button(laptop, 'Luk mødet …').waitFor();
});

/** For the server: the lead was seen as long ago as it takes to be away. */
async function halfAMinuteLater(): Promise<void> {
	const long = "first_seen_at = first_seen_at - interval '1 minute', last_seen_at = now() - interval '30 seconds'";
	const { id } = await api.get<{ id: string }>('/me');
	await ask(urlOf(server.dataDir), `update meeting_attendance set ${long} where person_id = '${id}'`);
}

test('a server that dies while it closes the meeting has stored nothing; everybody is back without a reload', async () => {
	const changed = field(teacher, 'Det har ændret sig');
	await changed.click();
	await teacher.keyboard.type('Kommer alle ');
	await reads(laptop, 'Det har ændret sig', 'Kommer alle ');
	await openClosing(laptop);
	const lock = new Client({ connectionString: urlOf(server.dataDir) });
	lock.on('error', () => {});
	await lock.connect();
	await lock.query('begin; lock table snapshot in exclusive mode');
	await button(laptop, 'Luk mødet og gem referat').click();
	const waiting = "select 1 from pg_locks where relation = 'snapshot'::regclass and not granted";
	await eventually(async () => (await lock.query(waiting)).rowCount).toBe(1);
	await server.signal('SIGKILL');
	await lock.query('rollback');
	await lock.end();
	await laptop.getByText('Enten er alt gemt, eller intet er.').waitFor();
	await teacher.keyboard.type('fire dage');
	const lost = teacher.getByText('Ingen forbindelse siden');
	expect(isSameTime(minutesIn(await lost.innerText()), clockNow())).toBe(true);

	server = await startServer(server.dataDir, { PORT: new URL(server.url).port });
	const back = Date.now();
	await laptop.getByText('Intet er gemt, og mødet er stadig åbent.').waitFor();
	await Promise.all([laptop, phone, teacher].map((page) => page.getByText('2 til stede').waitFor()));
	await Promise.all(
		[laptop, phone, teacher].map((page) => page.getByText('Ingen forbindelse siden').waitFor({ state: 'detached' })),
	);
	await Promise.all([laptop, phone, teacher].map((page) => isAt(page, EMRE)));
	await reads(phone, 'Det har ændret sig', 'Kommer alle fire dage');
	process.stdout.write(`Everybody was back ${Date.now() - back} ms after the server listened.\n`);
	await expect.poll(() => changed.evaluate((box) => box === document.activeElement)).toBe(true);
	const { phase } = await api.get<MeetingView>(`/meetings/${meetingId}`);
	expect([phase, await ask(urlOf(server.dataDir), `select 1 from snapshot where meeting_id = '${meetingId}'`)]).toEqual([
		'open',
		[],
	]);
});

async function openClosing(page: Page): Promise<void> {
	await button(page, 'Luk mødet …').click();
	await page.getByText('åbne, da mødet begyndte').waitFor();
	await carryAll(page);
	await page.getByText('Det går op. Ingen opgave mangler.').waitFor();
}

test('of two who close at once one does, and both are told the same', async () => {
	await openClosing(phone);
	const answers: number[] = [];
	for (const page of [laptop, phone])
		page.on('response', (response) => void (response.url().endsWith('/close') && answers.push(response.status())));
	await Promise.all([laptop, phone].map((page) => button(page, 'Luk mødet og gem referat').click()));
	await Promise.all([laptop, phone].map((page) => page.getByRole('heading', { name: 'Mødet er lukket.' }).waitFor()));
	await eventually(() => answers.length).toBeGreaterThan(0);
});

test('a board whose template is retired opens as before, and says why each track is there', async () => {
	const templates = await api.get<TemplateListEntry[]>('/template-versions');
	const used = templates.filter(({ versions }) => versions.some(({ cases }) => cases > 0));
	for (const { key, versions } of used) {
		await api.send('POST', `/templates/${key}/retire`, { baseVersion: versions[0]!.version, from: dayOf(new Date()) });
	}
	const board = await openBoard(teacher.context(), await caseIdOf(AMINA));
	await board.getByRole('rowheader').getByRole('button').first().click();
	await button(board, 'Hvorfor dette spor?').click();
	await board.locator('figcaption', { hasText: /^Hvorfor .*\?$/ }).waitFor();
});
