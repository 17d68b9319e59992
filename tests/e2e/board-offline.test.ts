import { expect, test } from 'vitest';
import { caseOf, field, lane, openBoard, reads } from './board-page.ts';
import { aProduct } from './product.ts';

const TEAM_WORDS = 'Teamets ord';
const product = aProduct();
const { signIn } = product;

test('a server that stops answering is said within three seconds, pushes the page, and writing goes on', async () => {
	const [lead, teacher] = await Promise.all([signIn('leder'), signIn('underviser')]);
	const caseId = await caseOf(lead, 'Amina Holm');
	const [page, other] = await Promise.all([openBoard(lead, caseId), openBoard(teacher, caseId)]);
	const before = (await page.getByRole('heading', { level: 1 }).boundingBox())!.y;

	await product.server.signal('SIGSTOP');
	const stoppedAt = Date.now();
	await page.getByText('Ingen forbindelse siden').waitFor({ timeout: 3_000 });
	expect(Date.now() - stoppedAt).toBeLessThanOrEqual(3_000);
	expect((await page.getByRole('heading', { level: 1 }).boundingBox())!.y).toBeGreaterThan(before);

	await field(page, TEAM_WORDS).fill('Skrevet uden forbindelse.');
	await page.getByText('1 på min enhed').first().waitFor();
	await page.getByText('på min enhed', { exact: true }).first().waitFor();
	await product.server.signal('SIGCONT');
	await reads(other, TEAM_WORDS, 'Skrevet uden forbindelse.');
	await page.getByText('Alt er hos teamet').first().waitFor();
	await page.getByText('Ingen forbindelse siden').waitFor({ state: 'detached' });
	await Promise.all([lead.close(), teacher.close()]);
});

test('what a press on the board opens, opens without a connection too', async () => {
	const lead = await signIn('leder');
	const page = await openBoard(lead, await caseOf(lead, 'Amina Holm'));
	await page.waitForLoadState('networkidle'); // what is fetched ahead is here
	await product.server.signal('SIGSTOP');
	try {
		const press = (name: string | RegExp) => page.getByRole('button', { name }).first().click();
		await press('Vis trin');
		await page.getByRole('region', { name: 'Faser og trin' }).waitFor({ timeout: 5_000 });
		await (await lane(page, 'Motion')).getByRole('button', { expanded: false }).click();
		await page.getByRole('group', { name: 'Ret Motion' }).waitFor({ timeout: 5_000 });
		await press('Tilføj spor');
		await page.getByRole('combobox', { name: 'Hvilket spor' }).waitFor({ timeout: 5_000 });
		await press(/^Kommentér observationen/);
		await field(page, /Din kommentar/).waitFor({ timeout: 5_000 });
		await press('Genveje');
		await page.getByRole('dialog', { name: 'Genveje på tavlen' }).waitFor({ timeout: 5_000 });
	} finally {
		await product.server.signal('SIGCONT');
	}
	await lead.close();
});

test('leaving with words the server does not have asks first', async () => {
	const lead = await signIn('leder');
	const page = await openBoard(lead, await caseOf(lead, 'Amina Holm'));
	await product.server.signal('SIGSTOP');
	await field(page, TEAM_WORDS).pressSequentially(' Ikke sendt.');
	const asked = new Promise<string>((resolve) =>
		page.once('dialog', (dialog) => {
			resolve(dialog.type());
			void dialog.dismiss();
		}),
	);
	await page.evaluate(() => setTimeout(() => location.assign('/cases')));
	expect(await asked).toBe('beforeunload');
	await product.server.signal('SIGCONT');
	await page.getByText('Alt er hos teamet').first().waitFor();
	await lead.close();
});

test('words typed before the page is alive are kept', async () => {
	const lead = await signIn('leder');
	const page = await lead.newPage();
	const { promise: written, resolve: letScriptsCome } = Promise.withResolvers<void>();
	await page.route('**/_app/**/*.js', async (route) => {
		await written;
		await route.continue();
	});
	// A plan nobody has just written in: what the server renders may be a moment behind.
	await page.goto(`/cases/${await caseOf(lead, 'Freja Mose')}`, { waitUntil: 'commit' });
	await field(page, TEAM_WORDS).fill('Skrevet før siden var levende.');
	letScriptsCome();
	await page.locator('[data-live="true"]').waitFor({ timeout: 30_000 });
	await reads(page, TEAM_WORDS, 'Skrevet før siden var levende.');
	await page.getByText('Alt er hos teamet').first().waitFor();
	await page.reload();
	await reads(page, TEAM_WORDS, 'Skrevet før siden var levende.');
	await lead.close();
});

test('signed out in mid-sentence: the text stays, and signing in again sends it', async () => {
	const [lead, teacher] = await Promise.all([signIn('leder'), signIn('underviser')]);
	const caseId = await caseOf(lead, 'Amina Holm');
	const [page, other] = await Promise.all([openBoard(lead, caseId), openBoard(teacher, caseId)]);
	await field(page, TEAM_WORDS).fill('Halv sætning');
	await reads(other, TEAM_WORDS, 'Halv sætning');
	await lead.request.post('/api/auth/sign-out', { headers: { origin: product.server.url } });
	await page.getByRole('dialog').waitFor();
	expect(await page.locator('textarea').evaluateAll((boxes) => boxes.map((box) => (box as HTMLTextAreaElement).value))).toContain(
		'Halv sætning',
	);
	await page
		.getByRole('dialog')
		.getByLabel(/Adgangskode/)
		.fill('tavle-demo-2026');
	await page.keyboard.press('Enter');
	await page.getByRole('dialog').waitFor({ state: 'detached' });
	await field(page, TEAM_WORDS).press('Control+End');
	await field(page, TEAM_WORDS).pressSequentially(', nu hel.');
	await reads(other, TEAM_WORDS, 'Halv sætning, nu hel.');
	await Promise.all([lead.close(), teacher.close()]);
});

test('withdrawn access blanks the board within a second and leaves one sentence', async () => {
	const [lead, teacher] = await Promise.all([signIn('leder'), signIn('underviser')]);
	const caseId = await caseOf(lead, 'Amina Holm');
	const page = await openBoard(teacher, caseId);
	const board = (await (await lead.request.get(`/api/v1/cases/${caseId}/board`)).json()) as {
		people: { name: string; access: { id: string }[] }[];
	};
	const accessId = board.people.find(({ name }) => name === 'Peter Dahl')?.access[0]?.id;
	const answer = await lead.request.delete(`/api/v1/cases/${caseId}/access/${accessId}`, {
		headers: { origin: product.server.url },
	});
	expect(answer.ok()).toBe(true);
	await page.getByText('Du har ikke længere adgang til denne borger').waitFor({ timeout: 1_000 });
	expect(await page.locator('body').innerText()).not.toContain('Amina');
	await Promise.all([lead.close(), teacher.close()]);
});
