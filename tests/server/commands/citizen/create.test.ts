import { expect, test } from 'vitest';
import { findCitizen } from '../../../../db/repo/citizen.ts';
import { newCitizenSchema } from '../../../../server/commands/citizen/citizen.ts';
import { handleCreateCitizen } from '../../../../server/commands/citizen/create.ts';
import { CITIZEN_TEXT, unsealText } from '../../../../server/log/sealed-text.ts';
import { aDatabase } from '../../../support/database.ts';
import { aStaffedBoard } from '../../../support/staffed-board.ts';

const db = await aDatabase();
const board = await aStaffedBoard(db);
const { people, as, municipality, keys } = board;
const admin = as(people.admin);
const anInput = (over: Record<string, unknown> = {}) =>
	newCitizenSchema.parse({ name: 'Birgit Lund', birthDay: '1971-05-14', cpr: '140571-1118', ...over });

test('seals name, birthday and number with a key of the citizen’s own, and writes it down once', async () => {
	await board.expectOneEntry(
		() => municipality.id,
		people.admin.id,
		async () => {
			const result = await handleCreateCitizen(admin, anInput());
			if (!result.ok) throw new Error(result.error.code);
			const citizen = (await findCitizen(db.orm, result.value.citizenId))!;
			const key = await keys.open(db.orm, citizen.dataKeyId);
			expect(unsealText(key, citizen.sealedName, CITIZEN_TEXT.name, citizen.id)).toBe('Birgit Lund');
			expect(unsealText(key, citizen.sealedBirthDay!, CITIZEN_TEXT.birthDay, citizen.id)).toBe('1971-05-14');
			expect(unsealText(key, citizen.sealedCpr!, CITIZEN_TEXT.cpr, citizen.id)).toBe('1405711118');
		},
		{ action: 'citizen.create' },
	);
});

test('leaves no name and no number readable in any table', async () => {
	await handleCreateCitizen(admin, anInput({ name: 'Unmistakable Name', cpr: '2405711117' }));
	const { rows } = await db.pool.query<{ everything: string }>(`
		select string_agg(t, ' ') as everything from (
			select c::text as t from citizen c union all select a::text from audit_entry a union all select k::text from data_key k
		) as all_rows`);
	const hex = (text: string) => Buffer.from(text).toString('hex');
	for (const words of ['Unmistakable Name', '2405711117']) {
		expect(rows[0]?.everything).not.toContain(words);
		expect(rows[0]?.everything).not.toContain(hex(words));
	}
});

test('refuses a number that is there, however it is written, also when two ask at once', async () => {
	const answers = await Promise.all(['300180-1234', '3001801234'].map((cpr) => handleCreateCitizen(admin, anInput({ cpr }))));
	expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
	expect(answers.find(({ ok }) => !ok)).toEqual({ ok: false, error: { code: 'cpr-exists' } });
});

test('takes any number of citizens without one', async () => {
	for (const name of ['Ukendt', 'Ukendt'])
		expect(await handleCreateCitizen(admin, anInput({ name, cpr: null, birthDay: null }))).toMatchObject({ ok: true });
});

test('refuses everybody but an administrator of the municipality', async () => {
	for (const context of [as(people.lead, [board.team.id]), as(people.caseWorker), as(people.adminElsewhere)]) {
		await board.expectNoEntry(async () => {
			expect(await handleCreateCitizen(context, anInput({ cpr: null }))).toEqual({ ok: false, error: { code: 'forbidden' } });
		});
	}
});

test.each([{ name: ' ' }, { cpr: '123' }, { cpr: '9999999999' }, { birthDay: '1971-02-30' }])(
	'does not understand %j',
	(over) => {
		expect(() => anInput(over)).toThrow();
	},
);
