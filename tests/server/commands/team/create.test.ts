import { expect, test } from 'vitest';
import { teamsOf } from '../../../../db/repo/team.ts';
import { handleCreateTeam } from '../../../../server/commands/team/create.ts';
import { newTeamSchema } from '../../../../server/commands/team/team.ts';
import { aDatabase } from '../../../support/database.ts';
import { aStaffedBoard } from '../../../support/staffed-board.ts';

const db = await aDatabase();
const board = await aStaffedBoard(db);
const { people, as, municipality } = board;

test('makes a team and writes it down once', async () => {
	await board.expectOneEntry(
		() => municipality.id,
		people.admin.id,
		async () => {
			expect(await handleCreateTeam(as(people.admin), { name: 'Team Vest' })).toMatchObject({ ok: true });
		},
		{ action: 'team.create' },
	);
	expect((await teamsOf(db.orm, municipality.id)).map(({ name }) => name)).toContain('Team Vest');
});

test('refuses a name that is taken', async () => {
	await handleCreateTeam(as(people.admin), { name: 'Team Syd' });
	await board.expectNoEntry(async () => {
		expect(await handleCreateTeam(as(people.admin), { name: 'Team Syd' })).toEqual({ ok: false, error: { code: 'name-taken' } });
	});
});

test('refuses everybody but an administrator of the municipality', async () => {
	for (const context of [as(people.lead, [board.team.id]), as(people.caseWorker), as(people.adminElsewhere)]) {
		expect(await handleCreateTeam(context, { name: 'Team Nord' })).toEqual({ ok: false, error: { code: 'forbidden' } });
	}
});

test.each([{ name: '' }, { name: 'x'.repeat(121) }, {}])('does not understand %j', (input) => {
	expect(newTeamSchema.safeParse(input).success).toBe(false);
});
