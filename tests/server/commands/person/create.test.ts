import { expect, test } from 'vitest';
import { newId } from '../../../../board/new-id.ts';
import { findPersonByEmail } from '../../../../db/repo/person.ts';
import type { OrganisationId } from '../../../../domain/ids.ts';
import { handleCreatePerson } from '../../../../server/commands/person/create.ts';
import { newPersonSchema } from '../../../../server/commands/person/person.ts';
import { aDatabase } from '../../../support/database.ts';
import { aStaffedBoard } from '../../../support/staffed-board.ts';

const db = await aDatabase();
const board = await aStaffedBoard(db);
const { people, as, municipality, company } = board;
const admin = as(people.admin);
const anInput = (over: Record<string, unknown> = {}) =>
	newPersonSchema.parse({
		organisationId: municipality.id,
		name: 'Jonas Holm',
		email: 'Jonas@Tavle.example',
		profession: 'social-mentor',
		password: 'en lang adgangskode',
		...over,
	});

test('makes a person with an account of the same id, and writes it down once without name, address or password', async () => {
	await board.expectOneEntry(
		() => municipality.id,
		people.admin.id,
		async () => {
			expect(await handleCreatePerson(admin, anInput())).toMatchObject({ ok: true });
		},
		{ action: 'person.create' },
	);
	const person = await findPersonByEmail(db.orm, 'jonas@tavle.example');
	expect(person).toMatchObject({
		name: 'Jonas Holm',
		profession: 'social-mentor',
		organisationId: municipality.id,
		endedAt: null,
	});
	const { rows } = await db.pool.query(
		'select u.id, a.user_id, a.password from auth_user u join auth_account a on a.user_id = u.id where u.email = $1',
		[person?.email],
	);
	expect(rows).toEqual([{ id: person?.id, user_id: person?.id, password: 'hashed:19' }]);
	const { rows: audits } = await db.pool.query<{ subject: object }>(
		`select subject from audit_entry where action = 'person.create'`,
	);
	expect(audits).toEqual([{ subject: { personId: person?.id, organisationId: municipality.id, profession: 'social-mentor' } }]);
});

test('answers nothing but the id', async () => {
	const result = await handleCreatePerson(
		admin,
		anInput({ email: 'id@tavle.example', organisationId: company.id, profession: 'company-mentor' }),
	);
	expect(result.ok && Object.keys(result.value)).toEqual(['personId']);
});

test('refuses an e-mail address that is taken, however it is written, also when two ask at once', async () => {
	const answers = await Promise.all(
		['mette@tavle.example', 'METTE@tavle.example'].map((email) => handleCreatePerson(admin, anInput({ email }))),
	);
	expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
	expect(answers.find(({ ok }) => !ok)).toEqual({ ok: false, error: { code: 'email-taken' } });
});

test('hides an organisation of another municipality', async () => {
	await board.expectNoEntry(async () => {
		for (const organisationId of [board.elsewhere.id, newId<OrganisationId>()]) {
			const input = anInput({ email: 'x@tavle.example', organisationId });
			expect(await handleCreatePerson(admin, input)).toEqual({ ok: false, error: { code: 'not-found' } });
		}
	});
});

test('refuses everybody but an administrator', async () => {
	for (const context of [as(people.lead, [board.team.id]), as(people.teacher), as(people.adminElsewhere)]) {
		await board.expectNoEntry(async () => {
			expect(await handleCreatePerson(context, anInput({ email: 'y@tavle.example' }))).toEqual({
				ok: false,
				error: { code: 'forbidden' },
			});
		});
	}
});

test.each([
	{ name: '' },
	{ email: 'nobody' },
	{ profession: 'wizard' },
	{ password: 'too short' },
	{ password: 'x'.repeat(129) },
])('does not understand %j', (over) => {
	expect(() => anInput(over)).toThrow();
});
