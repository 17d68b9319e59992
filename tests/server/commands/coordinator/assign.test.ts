import { expect, test } from 'vitest';
import { newId } from '../../../../board/new-id.ts';
import { closeCase } from '../../../../db/repo/case.ts';
import { coordinatorsOf } from '../../../../db/repo/coordinator.ts';
import { rightsChangesAfter } from '../../../../db/repo/rights-change.ts';
import type { PersonId } from '../../../../domain/ids.ts';
import { handleAssignCoordinator } from '../../../../server/commands/coordinator/assign.ts';
import { newCoordinatorSchema } from '../../../../server/commands/coordinator/coordinator.ts';
import { aCitizenCase, aCoordinator, aGrant, NOON, TODAY } from '../../../support/case-builders.ts';
import { aDatabase } from '../../../support/database.ts';
import { aStaffedBoard } from '../../../support/staffed-board.ts';

const db = await aDatabase();
const board = await aStaffedBoard(db);
const { people, as, team, otherTeam } = board;
const lead = as(people.lead, [team.id]);
const aCase = async () => {
	const { id } = await aCitizenCase(db.orm, { team, keys: board.keys });
	await aCoordinator(db.orm, id, people.caseWorker.id, '2026-09-01');
	return id;
};
const historyOf = async (caseId: Awaited<ReturnType<typeof aCase>>) =>
	(await coordinatorsOf(db.orm, caseId)).map(({ personId, fromDay, untilDay }) => [personId, fromDay, untilDay]);

test('the former coordinator stops the day before; it is written down once and the rooms are told', async () => {
	const caseId = await aCase();
	board.announced.length = 0;
	await board.expectOneEntry(
		() => caseId,
		people.lead.id,
		async () => {
			expect(await handleAssignCoordinator(lead, caseId, { personId: people.jobConsultant.id })).toEqual({
				ok: true,
				value: { from: TODAY },
			});
		},
		{ action: 'case.assign-coordinator', subject: { caseId, personId: people.jobConsultant.id, from: TODAY } },
	);
	expect(await historyOf(caseId)).toEqual([
		[people.caseWorker.id, '2026-09-01', '2026-11-21'],
		[people.jobConsultant.id, TODAY, null],
	]);
	expect(await rightsChangesAfter(db.orm, 0)).toContainEqual(expect.objectContaining({ caseId, personId: null }));
	expect(board.announced).toEqual([{ kind: 'coordinator', caseId, personId: people.jobConsultant.id }, { kind: 'rights' }]);
});

test('a change can be planned, and replaced before it comes', async () => {
	const caseId = await aCase();
	await handleAssignCoordinator(lead, caseId, { personId: people.jobConsultant.id, fromDay: '2026-12-01' });
	await handleAssignCoordinator(lead, caseId, { personId: people.teacher.id, fromDay: '2026-11-25' });
	expect(await historyOf(caseId)).toEqual([
		[people.caseWorker.id, '2026-09-01', '2026-11-24'],
		[people.teacher.id, '2026-11-25', null],
	]);
});

test('two changes at once leave one coordinator', async () => {
	const caseId = await aCase();
	await Promise.all(
		[people.teacher, people.jobConsultant].map(({ id }) => handleAssignCoordinator(lead, caseId, { personId: id })),
	);
	expect((await historyOf(caseId)).filter(([, , until]) => until === null)).toHaveLength(1);
});

test.each([
	['yesterday', () => ({ personId: people.teacher.id, fromDay: '2026-11-21' }), 'day-in-the-past'],
	['who it is already', () => ({ personId: people.caseWorker.id }), 'already-coordinator'],
	['a company mentor', () => ({ personId: people.mentor.id }), 'coordinator-needs-access'],
	['an administrator', () => ({ personId: people.admin.id }), 'coordinator-needs-access'],
	['somebody who is not here', () => ({ personId: newId<PersonId>() }), 'not-found'],
	['somebody of another municipality', () => ({ personId: people.adminElsewhere.id }), 'not-found'],
])('refuses %s', async (_, input, code) => {
	const caseId = await aCase();
	await board.expectNoEntry(async () => {
		expect(await handleAssignCoordinator(lead, caseId, input())).toEqual({ ok: false, error: { code } });
	});
});

test('refuses in a closed case', async () => {
	const caseId = await aCase();
	await closeCase(db.orm, caseId, NOON);
	expect(await handleAssignCoordinator(lead, caseId, { personId: people.teacher.id })).toEqual({
		ok: false,
		error: { code: 'case-closed' },
	});
});

test('refuses who reads the case but does not lead it, and hides another team’s', async () => {
	const caseId = await aCase();
	await aGrant(db.orm, { caseId, personId: people.teacher.id, grantedBy: people.lead.id });
	expect(await handleAssignCoordinator(as(people.teacher), caseId, { personId: people.teacher.id })).toEqual({
		ok: false,
		error: { code: 'forbidden' },
	});
	expect(await handleAssignCoordinator(as(people.otherLead, [otherTeam.id]), caseId, { personId: people.teacher.id })).toEqual({
		ok: false,
		error: { code: 'not-found' },
	});
});

test.each([{}, { personId: 'x' }, { personId: '0190d2f0-0000-7000-8000-000000000000', fromDay: 'tomorrow' }])(
	'does not understand %j',
	(input) => {
		expect(newCoordinatorSchema.safeParse(input).success).toBe(false);
	},
);
