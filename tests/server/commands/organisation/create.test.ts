import { expect, test } from 'vitest';
import { organisationsOf } from '../../../../db/repo/organisation.ts';
import { handleCreateOrganisation } from '../../../../server/commands/organisation/create.ts';
import { newOrganisationSchema } from '../../../../server/commands/organisation/organisation.ts';
import { aDatabase } from '../../../support/database.ts';
import { aStaffedBoard } from '../../../support/staffed-board.ts';

const db = await aDatabase();
const board = await aStaffedBoard(db);
const { people, as, municipality } = board;
const admin = as(people.admin);

test('makes a partner of the municipality and writes it down once', async () => {
	await board.expectOneEntry(
		() => municipality.id,
		people.admin.id,
		async () => {
			expect(await handleCreateOrganisation(admin, { name: 'Nordby Bageri', kind: 'company' })).toMatchObject({ ok: true });
		},
		{ action: 'organisation.create', subject: { kind: 'company' } },
	);
	const made = (await organisationsOf(db.orm, municipality.id)).find(({ name }) => name === 'Nordby Bageri');
	expect(made).toMatchObject({ hostId: municipality.id, kind: 'company' });
});

test('refuses a name that is taken, also when two ask at once, and leaves no trace of the refused one', async () => {
	await board.expectOneEntry(
		() => municipality.id,
		people.admin.id,
		async () => {
			const answers = await Promise.all(
				[1, 2, 3].map(() => handleCreateOrganisation(admin, { name: 'Region Nord', kind: 'region' })),
			);
			expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
			expect(answers.filter(({ ok }) => !ok)).toEqual([1, 2].map(() => ({ ok: false, error: { code: 'name-taken' } })));
		},
		{ action: 'organisation.create' },
	);
});

test.each([
	['a team lead', () => as(people.lead, [board.team.id])],
	['a teacher', () => as(people.teacher)],
	['another municipality’s administrator', () => as(people.adminElsewhere)],
])('refuses %s', async (_, context) => {
	await board.expectNoEntry(async () => {
		expect(await handleCreateOrganisation(context(), { name: 'Noget', kind: 'other' })).toEqual({
			ok: false,
			error: { code: 'forbidden' },
		});
	});
});

test.each([{ name: ' ', kind: 'company' }, { name: 'x'.repeat(121), kind: 'company' }, { name: 'Bageri', kind: 'bakery' }, {}])(
	'does not understand %j',
	(input) => {
		expect(newOrganisationSchema.safeParse(input).success).toBe(false);
	},
);
