import { expect, test } from 'vitest';
import { caseOf, field, lane, openBoard, reads, tapWay, isSeenWriting } from './board-page.ts';
import { aProduct } from './product.ts';

const TEAM_WORDS = 'Teamets ord';
const product = aProduct();
const { signIn } = product;
/** Two people on one board. */
async function together(citizen: string) {
	const [lead, teacher] = await Promise.all([signIn('leder'), signIn('underviser')]);
	const caseId = await caseOf(lead, citizen);
	const [one, other] = await Promise.all([openBoard(lead, caseId), openBoard(teacher, caseId)]);
	return { caseId, one, other, close: () => Promise.all([lead.close(), teacher.close()]) };
}

test('two people write in one goal and both read both, with carets and names', async () => {
	const { one, other, close } = await together('Amina Holm');
	await field(one, TEAM_WORDS).fill('Fast arbejde.');
	await reads(other, TEAM_WORDS, 'Fast arbejde.');
	await field(one, TEAM_WORDS).press('Control+End');
	await field(other, TEAM_WORDS).press('Control+Home');
	await Promise.all([
		field(one, TEAM_WORDS).pressSequentially(' I gartneri.'),
		field(other, TEAM_WORDS).pressSequentially('Snart: '),
	]);
	await reads(one, TEAM_WORDS, 'Snart: Fast arbejde. I gartneri.');
	await reads(other, TEAM_WORDS, 'Snart: Fast arbejde. I gartneri.');

	await field(one, TEAM_WORDS).pressSequentially('!');
	await isSeenWriting(field(one, TEAM_WORDS), other.getByText('Jonas Brandt, teamleder, skriver'));
	await expect.poll(() => other.locator('[data-of="Jonas Brandt"]').count()).toBe(1);
	const present = other.getByRole('list', { name: 'Til stede ved denne tavle' });
	await isSeenWriting(field(one, TEAM_WORDS), present.getByText('teamleder, skriver nu'));
	await close();
});

test("undo in a field takes back one's own words and leaves the other's", async () => {
	const { one, other, close } = await together('Amina Holm');
	await field(one, TEAM_WORDS).fill('Mål.');
	await reads(other, TEAM_WORDS, 'Mål.');
	await one.waitForTimeout(800);
	await field(one, TEAM_WORDS).press('Control+End');
	await field(one, TEAM_WORDS).pressSequentially(' Mit.');
	await reads(other, TEAM_WORDS, 'Mål. Mit.');
	await field(other, TEAM_WORDS).press('Control+End');
	await field(other, TEAM_WORDS).pressSequentially(' Dit.');
	await reads(one, TEAM_WORDS, 'Mål. Mit. Dit.');
	await field(one, TEAM_WORDS).press('Control+z');
	await reads(one, TEAM_WORDS, 'Mål. Dit.');
	await reads(other, TEAM_WORDS, 'Mål. Dit.');
	await close();
});

test('a status set by one stands at the other; a task removed says by whom and comes back', async () => {
	const { one, other, close } = await together('Amina Holm');
	const mine = await lane(one, 'Motion');
	await tapWay(mine, 'Tilbage');
	const theirs = await lane(other, 'Motion');
	await theirs.locator('label.on', { hasText: 'Tilbage' }).waitFor();

	await field(one, 'Ny opgave').fill('Ring til kommunen');
	await field(one, 'Ny opgave').press('Enter');
	await other.getByRole('checkbox', { name: 'Færdig: Ring til kommunen' }).waitFor();
	await one.getByRole('button', { name: 'Mere om: Ring til kommunen' }).click();
	await one.getByRole('menuitem', { name: 'Fjern' }).click();
	await other
		.getByText(/fjernet af Jonas/)
		.first()
		.waitFor();
	await other.getByRole('button', { name: 'Fortryd, at Ring til kommunen blev fjernet' }).click();
	await one.getByRole('checkbox', { name: 'Færdig: Ring til kommunen' }).waitFor();
	await close();
});

test('two who choose at once both stand there with names until one is picked', async () => {
	const { one, other, close } = await together('Amina Holm');
	const [mine, theirs] = [await lane(one, 'Motion'), await lane(other, 'Motion')];
	await product.server.signal('SIGSTOP');
	try {
		await tapWay(mine, 'Fremad', 5_000);
		await tapWay(theirs, 'Uændret', 5_000);
	} finally {
		await product.server.signal('SIGCONT');
	}
	const group = one.getByRole('group', { name: /Flere svar: Status for Motion/ });
	await group.waitFor({ timeout: 30_000 });
	await expect.poll(() => group.innerText()).toMatch(/Jonas[\s\S]*Fremad|Fremad[\s\S]*Jonas/);
	await expect.poll(() => group.innerText()).toContain('Peter');
	await group.getByRole('button', { name: 'Vælg ét' }).click();
	await group.getByRole('button', { name: 'Uændret' }).click();
	await theirs.locator('label.on', { hasText: 'Uændret' }).waitFor();
	await mine.locator('label.on', { hasText: 'Uændret' }).waitFor();
	await close();
});

test("a draft is one's own until it is shared, and then stands at the other without a reload", async () => {
	const { one, other, close } = await together('Amina Holm');
	const words = `Han kom til tiden ${Date.now()}`;
	await field(other, /Din observation/).fill(words);
	await other.getByText('kladde, gemt kun for dig').waitFor();
	expect(await one.getByText(words).count()).toBe(0);
	await expect.poll(() => other.getByRole('list', { name: 'De kan læse det' }).getByRole('img').count()).toBeGreaterThan(2);
	await other.getByRole('button', { name: 'Del med teamet' }).click();
	await one.getByText(words).waitFor();
	expect(await field(other, /Din observation/).inputValue()).toBe('');

	await one.getByRole('button', { name: 'Kommentér observationen fra Peter Dahl' }).first().click();
	await field(one, /Din kommentar/).fill('Det samme hos mig.');
	await one.getByRole('button', { name: 'Send kommentar' }).click();
	await other.getByText('Det samme hos mig.').waitFor();
	await close();
});

test('a lead of another team gets the same page as for a case that does not exist', async () => {
	const lead = await signIn('leder');
	const caseId = await caseOf(lead, 'Amina Holm');
	const stranger = await signIn('leder2');
	const page = await stranger.newPage();
	const answer = await page.goto(`/cases/${caseId}`);
	expect(answer?.status()).toBe(404);
	expect(await page.locator('body').innerText()).not.toContain('Amina');
	await Promise.all([lead.close(), stranger.close()]);
});
