import type { Browser, BrowserContext, Page } from '@playwright/test';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { CaseBoard } from '../../server/api/case-board.ts';
import type { Minutes, SnapshotView } from '../../server/api/minutes-view.ts';
import { violationsOf } from '../support/accessibility.ts';
import { launchChromium, signedInContext, visit } from '../support/browser.ts';
import { aDemoDataDir, discard, startServer, type RunningServer } from '../support/server.ts';
import { apiAs, type ApiCaller } from '../support/signed-in.ts';
import { field, reads } from './board-page.ts';
import { agendaOf, aWall, button, carryAll, eventually, isAt, writeOverdueTask } from './meeting-page.ts';
import { type PlantedCase, plantCase, plantedWord } from './planted-case.ts';

/** One meeting from plan to minutes, by mouse, in five browsers: each test goes on where the one before stopped. */
const SIX = ['Amina Holm', 'Emre Yildiz', 'Freja Mose', 'Hassan Omar', 'Sofia Marker', 'Tobias Kjær'] as const;
const [AMINA, EMRE, FREJA, HASSAN, SOFIA, TOBIAS] = SIX;
const COMMENT = 'XqzcommentQzx';
const OBSERVATION = 'XqzobservationQzx';

let server: RunningServer;
let browser: Browser;
let contexts: Readonly<Record<'lead' | 'psychologist' | 'teacher' | 'latecomer', BrowserContext>>;
let lead: Page;
let psychologist: Page;
let teacher: Page;
let latecomer: Page;
let wall: Awaited<ReturnType<typeof aWall>>;
let api: ApiCaller;
let planted: PlantedCase;
let meetingId: string;

beforeAll(async () => {
	server = await startServer(aDemoDataDir(inject('demoData')));
	browser = await launchChromium();
	const accounts = { lead: 'leder', psychologist: 'psykolog', teacher: 'underviser', latecomer: 'jobkonsulent' };
	const opened = Object.entries(accounts).map(
		async ([who, account]) => [who, await signedInContext(browser, server.url, `${account}@tavle.example`)] as const,
	);
	contexts = Object.fromEntries(await Promise.all(opened)) as typeof contexts;
	[api, planted] = await Promise.all([apiAs(server.url, 'leder'), plantCase(server.url)]);
	await planted.plant('before');
	await writeOverdueTask(contexts.lead, FREJA);
});
afterAll(async () => {
	planted?.close();
	await browser?.close();
	await server?.stop();
	if (server) await discard(server.dataDir);
});

const all = () => [lead, psychologist, teacher];

async function moveOn(to: string, position: number, followers: readonly Page[]): Promise<void> {
	await button(lead, `Luk punktet, gå til ${position}`).click();
	await Promise.all([lead, ...followers].map((page) => isAt(page, to)));
}

test('the lead plans six citizens, puts them in order and opens; who waited is there from the beginning', async () => {
	lead = await contexts.lead.newPage();
	await visit(lead, '/meeting');
	await button(lead, 'Start ugens møde').click();
	await button(lead, 'Åbn mødet').waitFor();
	meetingId = lead.url().split('/').at(-1)!;
	await agendaOf(api, meetingId, [EMRE, AMINA, FREJA, HASSAN, SOFIA, TOBIAS, 'Ulla Dam']);
	await lead.getByText('7 borgere, 28 min').waitFor();
	await button(lead, 'Tag Ulla Dam af').click();
	await lead.getByText('6 borgere, 24 min').waitFor();
	await button(lead, `Flyt ${AMINA} op`).click();
	await eventually(() => lead.locator('main ol .name').first().innerText()).toContain(AMINA);

	[psychologist, teacher] = await Promise.all([contexts.psychologist.newPage(), contexts.teacher.newPage()]);
	await Promise.all([psychologist, teacher].map((page) => page.goto('/meeting')));
	await psychologist.getByText('Mødet er ikke åbnet endnu').waitFor();
	await button(lead, 'Åbn mødet').click();
	await Promise.all(all().map((page) => page.getByText('3 til stede').waitFor()));
});

test('a wall that shows its code is let in by the lead, and follows in initials when the curtain is drawn', async () => {
	wall = await aWall(browser, server.url);
	await button(lead, /^Forbind en vægskærm/).click();
	await field(lead, 'Koden på skærmen').fill(wall.code);
	await button(lead, 'Vis mødet på skærmen').click();
	await wall.page.getByText('Et øjeblik').waitFor();
	await button(lead.getByRole('dialog'), 'Luk').click();
	await button(lead, 'Gå til den første').click();
	await Promise.all(all().map((page) => isAt(page, AMINA)));
	await button(lead, /^Træk forhænget fra/).click();
	await wall.page.getByRole('heading', { level: 1, name: 'Amina' }).waitFor();
	const agenda = wall.page.getByRole('list', { name: 'Dagsorden med initialer' }).getByRole('listitem');
	expect((await agenda.allInnerTexts()).map((line) => line.split(/\s/)[1])).toEqual([
		'A.H.',
		'E.Y.',
		'F.M.',
		'H.O.',
		'S.M.',
		'T.K.',
	]);
	expect(await violationsOf(wall.page)).toEqual([]);
	await planted.plant('during');
	await wall.page.getByText(plantedWord('team', 'during')).waitFor();
});

test('while it is at a citizen, status and observations are given on the board, and the wall tells the status alone', async () => {
	await Promise.all([teacher, psychologist].map((page) => page.getByRole('link', { name: 'Åbn tavlen' }).click()));
	const lane = teacher.getByRole('row').filter({ has: teacher.getByRole('radio', { name: 'Tilbage' }) });
	await lane.first().getByTitle('Tilbage').click();
	const track = await lane.first().getByRole('rowheader').locator('b').innerText();
	await wall.page.getByRole('listitem').filter({ hasText: track }).getByText('Tilbage').waitFor();

	await field(psychologist, 'Din observation om Amina').fill(OBSERVATION);
	await psychologist.getByLabel('Hvem kan læse').selectOption({ label: 'Teamet' });
	await button(psychologist, 'Del med teamet').click();
	await teacher.locator('article', { hasText: OBSERVATION }).waitFor();
	const { observations } = await api.get<{ observations: { id: string; text: string }[] }>(
		`/cases/${planted.caseId}/observations`,
	);
	const shared = observations.find(({ text }) => text === OBSERVATION)!;
	await api.send('POST', `/observations/${shared.id}/comments`, { text: COMMENT });
	await psychologist.getByText(COMMENT).waitFor();
	await expect.poll(() => lead.getByText('3 til stede').isVisible()).toBe(true);
	await Promise.all([teacher, psychologist].map((page) => page.getByRole('link', { name: 'Gå til mødet' }).click()));
	await Promise.all([teacher, psychologist].map((page) => isAt(page, AMINA)));
});

test('a decision says who and when, and one line becomes the task of whom it names', async () => {
	await field(teacher, /^Beslutning$/).fill('@Peter tors ringe til gartneriet');
	await teacher.getByText('til Peter Dahl').waitFor();
	await button(teacher, 'Beslut og lav opgave').click();
	// Two who decide at the same moment stand in no order; the wall shows the newest.
	await lead.getByRole('combobox', { name: 'Hvem: ringe til gartneriet' }).waitFor();
	await field(lead, /^Beslutning$/).fill('Ny samtale om praktik');
	await lead.getByRole('combobox', { name: 'Hvem', exact: true }).selectOption({ label: 'Jonas Brandt' });
	await lead.getByRole('textbox', { name: 'Hvornår', exact: true }).fill('27.11');
	await button(lead, 'Skriv i referatet').click();
	await psychologist.getByRole('combobox', { name: 'Hvem: ringe til gartneriet' }).waitFor();
	await psychologist.getByRole('combobox', { name: 'Hvem: Ny samtale om praktik' }).waitFor();
	await wall.page.getByText('Ny samtale om praktik').waitFor();
	await expect.poll(() => wall.page.getByText('Ny samtale om praktik').innerText()).toContain('Jonas, ');
});

test('the citizen comes in: the wall keeps the tasks and lets the agenda go; one key draws the curtain', async () => {
	await button(lead, /^Borgeren er til stede/).click();
	await wall.page.getByRole('heading', { name: 'Opgaver' }).waitFor();
	expect(await wall.page.getByText('E.Y.').count()).toBe(0);
	await lead.keyboard.press('Alt+Shift+f');
	await wall.page.getByText('Et øjeblik').waitFor();
	expect(await wall.page.getByText('Amina').count()).toBe(0);
});

test('the meeting moves on and is followed, and whoever writes is not moved', async () => {
	await teacher.getByRole('heading', { level: 1, name: AMINA }).click(); // out of the line for decisions
	await moveOn(EMRE, 2, [psychologist, teacher]);
	const changed = field(teacher, 'Det har ændret sig');
	await changed.click();
	await teacher.keyboard.type('Kommer alle ');
	await reads(lead, 'Det har ændret sig', 'Kommer alle ');
	await moveOn(FREJA, 3, [psychologist]);
	await button(teacher, `Mødet er nu ved ${FREJA} · Gå dertil`).waitFor();
	await teacher.keyboard.type('fire dage');
	await reads(teacher, 'Det har ændret sig', 'Kommer alle fire dage');
	await expect.poll(() => changed.evaluate((box) => box === document.activeElement)).toBe(true);
	await isAt(teacher, EMRE);
	expect(await violationsOf(teacher)).toEqual([]);

	await teacher.getByRole('heading', { level: 1, name: EMRE }).click();
	await teacher.getByText(`Mødet er nu ved ${FREJA}, punkt 3. Din tekst om Emre bliver her`).waitFor();
	await button(teacher, 'Gå dertil').click();
	await isAt(teacher, FREJA);
	await button(lead, new RegExp(EMRE)).first().click();
	await isAt(lead, EMRE);
	await reads(lead, 'Det har ændret sig', 'Kommer alle fire dage');
	await button(lead, new RegExp(FREJA)).first().click();
	await isAt(lead, FREJA);
});

test('whoever comes late is where the meeting is, and is counted', async () => {
	latecomer = await contexts.latecomer.newPage();
	await latecomer.goto('/meeting');
	await isAt(latecomer, FREJA);
	await Promise.all([lead, latecomer].map((page) => page.getByText('4 til stede').waitFor()));
	const followers = [psychologist, teacher, latecomer];
	await moveOn(HASSAN, 4, followers);
	await button(lead, /^Træk forhænget fra/).click();
	await wall.page.getByRole('heading', { level: 1, name: 'Hassan' }).waitFor();
	await moveOn(SOFIA, 5, followers);
	await moveOn(TOBIAS, 6, followers);
});

test('closing asks of what is overdue until it goes up, and ends the meeting for everybody', async () => {
	await button(lead, 'Luk mødet …').click();
	await lead.getByText('åbne, da mødet begyndte').waitFor();
	expect(await violationsOf(lead)).toEqual([]);
	expect(await button(lead, 'Luk mødet og gem referat').isDisabled()).toBe(true);
	const answers = lead.getByRole('group', { name: 'Svar på: ringe til lægen' });
	await button(answers, 'Droppet').click();
	await field(lead, 'Hvorfor droppes den?').fill('Gjort af en anden');
	await button(lead, 'Drop opgaven').click();
	await button(lead, 'Viderefør alligevel: ringe til lægen').waitFor();
	await lead.getByText('Gjort af en anden').waitFor();
	await carryAll(lead);
	await lead.getByText('Det går op. Ingen opgave mangler.').waitFor();
	const [open, ...parts] = (await lead.locator('.eq b').allInnerTexts()).map(Number);
	expect(parts.reduce((sum, part) => sum + part, 0)).toBe(open);
	await button(lead, 'Luk mødet og gem referat').click();
	await Promise.all([...all(), latecomer].map((page) => page.getByRole('heading', { name: 'Mødet er lukket.' }).waitFor()));
	await wall.page.getByText('Mødet er slut').waitFor();
});

test('everybody who was there reads the minutes, with who came and when', async () => {
	for (const page of [...all(), latecomer]) {
		await page.getByRole('link', { name: 'Læs referaterne' }).click();
		await page.locator('li.person').first().waitFor();
		await expect.poll(() => page.locator('li.person').count()).toBe(4);
		await page.getByRole('link', { name: `Referat for ${AMINA}` }).click();
		const sheet = page.locator('article');
		for (const words of ['ringe til gartneriet', 'Ny samtale om praktik']) await sheet.getByText(words).first().waitFor();
	}
});

test('the snapshot is read-only and stays, byte for byte, when the board goes on; what came later is an amendment', async () => {
	const minutes = await api.get<Minutes>(`/minutes/${meetingId}/${planted.caseId}`);
	const { parts } = await api.get<SnapshotView>(`/snapshots/${minutes.snapshotId}`);
	const path = `/api/v1/snapshots/${minutes.snapshotId}/parts/${parts.find(({ compartment }) => compartment === 'team')!.id}/document`;
	const bytes = async () => (await contexts.lead.request.get(path)).body();
	const before = await bytes();
	await planted.plant('later');
	const goesOn = async () => JSON.stringify(await api.get<CaseBoard>(`/cases/${planted.caseId}/board`));
	await eventually(async () => (await goesOn()).includes(plantedWord('team', 'later'))).toBe(true);
	expect((await bytes()).equals(before)).toBe(true);
	expect(before.byteLength).toBeGreaterThan(1_000);

	await teacher.getByRole('link', { name: 'Åbn øjebliksbilledet' }).click();
	await teacher.getByText('Den kan læses, men ikke ændres.').waitFor();
	const shown = await teacher.locator('main').innerText();
	expect(shown).toContain('Ny samtale om praktik');
	expect(shown).not.toContain(plantedWord('team', 'later'));
	expect(await teacher.locator('main').getByRole('textbox').count()).toBe(0);

	await button(lead, 'Skriv tillæg').click();
	await field(lead, 'Dit tillæg').fill('Samtalen blev flyttet.');
	await button(lead, 'Tilføj til referatet').click();
	await lead.locator('.amendment', { hasText: 'Samtalen blev flyttet.' }).waitFor();
});

test('the wall was sent nothing of any other compartment, no number and no surname, and asked for nothing', async () => {
	await wall.wire.settle();
	expect(wall.wire.unread).toEqual([]);
	const { cpr } = await api.send<{ cpr: string }>('POST', `/citizens/${await citizenIdOf(AMINA)}/cpr-reveal`);
	const staff = ['Brandt', 'Dahl'];
	const surnames = [...SIX.map((name) => name.split(' ')[1]!), ...staff];
	const kept = ['clinical', 'justice', 'otherPlacement', 'ownPlacement', 'draft'] as const;
	const words = [...kept.map((place) => plantedWord(place)), OBSERVATION, COMMENT, cpr, cpr.replace('-', ''), ...surnames];
	expect(words.flatMap((word) => wall.wire.carrying(word))).toEqual([]);
	for (const wave of ['before', 'during']) expect(wall.wire.carrying(plantedWord('team', wave))).not.toEqual([]);
	expect(wall.wire.framesOf('/socket.io')).toBeGreaterThan(10);
	const own = /^(3|40\/wall,|41\/wall,|42\/wall,\d+\["stillThere"\])$/;
	expect(wall.wire.sent.filter((frame) => !own.test(frame))).toEqual([]);
});

async function citizenIdOf(name: string): Promise<string> {
	const admin = await apiAs(server.url, 'admin');
	const citizens = await admin.get<{ id: string; name: string }[]>('/citizens');
	return citizens.find((citizen) => citizen.name === name)!.id;
}
