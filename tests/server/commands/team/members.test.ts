import { expect, test } from 'vitest';
import { newId } from '../../../../board/new-id.ts';
import { insertPerson } from '../../../../db/repo/person.ts';
import { rightsChangesAfter } from '../../../../db/repo/rights-change.ts';
import { leadsOf, membersOf } from '../../../../db/repo/team.ts';
import type { PersonId, TeamId } from '../../../../domain/ids.ts';
import { handleAddMember } from '../../../../server/commands/team/add-member.ts';
import { handleEndMember } from '../../../../server/commands/team/end-member.ts';
import { newMemberSchema } from '../../../../server/commands/team/team.ts';
import { aPerson, aTeam, NOON, TODAY } from '../../../support/case-builders.ts';
import { aDatabase } from '../../../support/database.ts';
import { aStaffedBoard } from '../../../support/staffed-board.ts';

const db = await aDatabase();
const board = await aStaffedBoard(db);
const { people, as, team, municipality } = board;
const admin = as(people.admin);
const somebody = (profession: 'teacher' | 'company-mentor' = 'teacher') =>
	aPerson(db.orm, { organisationId: municipality.id, profession });
const membershipsOf = async (personId: PersonId) =>
	(await membersOf(db.orm, team.id)).filter((member) => member.personId === personId);

test('adds a member from today, writes it down once, and tells the rooms', async () => {
	const { id } = await somebody();
	board.announced.length = 0;
	await board.expectOneEntry(
		() => municipality.id,
		people.admin.id,
		async () => {
			expect(await handleAddMember(admin, team.id, { personId: id, isLead: false })).toEqual({
				ok: true,
				value: { from: TODAY },
			});
		},
		{ action: 'team.add-member', subject: { teamId: team.id, personId: id, as: 'member' } },
	);
	expect(await membershipsOf(id)).toMatchObject([{ isLead: false, fromDay: TODAY, untilDay: null }]);
	expect(board.announced).toEqual([{ kind: 'rights' }]);
});

test('makes somebody lead, which changes their rights to every case of the team', async () => {
	const { id } = await somebody();
	await handleAddMember(admin, team.id, { personId: id, isLead: true });
	expect(await leadsOf(db.orm, id, TODAY)).toEqual([team.id]);
	expect(await rightsChangesAfter(db.orm, 0)).toContainEqual(expect.objectContaining({ caseId: null, personId: id }));
});

test('ends a membership at once and keeps the days of it', async () => {
	const { lead } = people;
	await board.expectOneEntry(
		() => municipality.id,
		people.admin.id,
		async () => {
			expect(await handleEndMember(admin, team.id, lead.id)).toEqual({ ok: true, value: undefined });
		},
		{ action: 'team.end-member', subject: { teamId: team.id, personId: lead.id } },
	);
	expect(await leadsOf(db.orm, lead.id, TODAY)).toEqual([]);
	expect(await membershipsOf(lead.id)).toMatchObject([{ untilDay: '2026-11-21' }]);
	expect(await rightsChangesAfter(db.orm, 0)).toContainEqual(expect.objectContaining({ personId: lead.id }));
});

test('undoes today’s mistake today, and lets the right one in again', async () => {
	const { id } = await somebody();
	await handleAddMember(admin, team.id, { personId: id, isLead: true });
	expect(await handleEndMember(admin, team.id, id)).toMatchObject({ ok: true });
	expect(await leadsOf(db.orm, id, TODAY)).toEqual([]);
	expect(await handleAddMember(admin, team.id, { personId: id, isLead: false })).toMatchObject({ ok: true });
});

test('refuses who is in the team, who left, and a lead whose profession reads no board', async () => {
	const [member, mentor] = [await somebody(), await somebody('company-mentor')];
	await handleAddMember(admin, team.id, { personId: member.id, isLead: false });
	const gone = newId<PersonId>();
	await insertPerson(db.orm, {
		id: gone,
		organisationId: municipality.id,
		name: 'Gone',
		email: 'gone@tavle.example',
		profession: 'teacher',
		createdAt: NOON,
	});
	await db.pool.query('update person set ended_at = $2 where id = $1', [gone, NOON]);
	await board.expectNoEntry(async () => {
		expect(await handleAddMember(admin, team.id, { personId: member.id, isLead: true })).toEqual({
			ok: false,
			error: { code: 'already-member' },
		});
		expect(await handleAddMember(admin, team.id, { personId: gone, isLead: false })).toEqual({
			ok: false,
			error: { code: 'person-ended' },
		});
		expect(await handleAddMember(admin, team.id, { personId: mentor.id, isLead: true })).toEqual({
			ok: false,
			error: { code: 'lead-not-for-profession' },
		});
		expect(await handleEndMember(admin, team.id, mentor.id)).toEqual({ ok: false, error: { code: 'already-ended' } });
	});
});

test('refuses everybody but an administrator', async () => {
	const { id: personId } = await somebody();
	for (const context of [as(people.otherLead, [team.id]), as(people.teacher), as(people.adminElsewhere)]) {
		expect(await handleAddMember(context, team.id, { personId, isLead: true })).toEqual({
			ok: false,
			error: { code: 'forbidden' },
		});
		expect(await handleEndMember(context, team.id, personId)).toEqual({ ok: false, error: { code: 'forbidden' } });
	}
});

test('hides teams and people of another municipality', async () => {
	const { id: personId } = await somebody();
	const foreign = await aTeam(db.orm, { organisationId: board.elsewhere.id });
	for (const teamId of [foreign.id, newId<TeamId>()]) {
		expect(await handleAddMember(admin, teamId, { personId, isLead: false })).toEqual({
			ok: false,
			error: { code: 'not-found' },
		});
		expect(await handleEndMember(admin, teamId, personId)).toEqual({ ok: false, error: { code: 'not-found' } });
	}
	const strangers = { personId: people.adminElsewhere.id, isLead: false };
	expect(await handleAddMember(admin, team.id, strangers)).toEqual({ ok: false, error: { code: 'not-found' } });
});

test.each([{}, { personId: 'x' }, { personId: '0190d2f0-0000-7000-8000-000000000000', isLead: 'yes' }])(
	'does not understand %j',
	(input) => {
		expect(newMemberSchema.safeParse(input).success).toBe(false);
	},
);
