import { expect, test } from 'vitest';
import { accessesOf } from '../../../../db/repo/case-access.ts';
import { loadReach } from '../../../../db/repo/access.ts';
import { rightsChangesAfter } from '../../../../db/repo/rights-change.ts';
import { closeCase } from '../../../../db/repo/case.ts';
import { newId } from '../../../../board/new-id.ts';
import type { CaseId, PersonId } from '../../../../domain/ids.ts';
import { newAccessSchema } from '../../../../server/commands/access/access.ts';
import { handleGiveAccess } from '../../../../server/commands/access/give.ts';
import { aCitizenCase, NOON, TODAY } from '../../../support/case-builders.ts';
import { aDatabase } from '../../../support/database.ts';
import { aStaffedBoard } from '../../../support/staffed-board.ts';

const db = await aDatabase();
const board = await aStaffedBoard(db);
const { people, as, team, otherTeam } = board;
const caseId = board.case.id;
const anInput = (over: Partial<ReturnType<typeof newAccessSchema.parse>> = {}) =>
	newAccessSchema.parse({ personId: people.stranger.id, basis: 'consent', untilDay: '2027-05-31', ...over });

test('gives access from today until a day, writes it down once, and tells the rooms', async () => {
	const lead = as(people.lead, [team.id]);
	board.announced.length = 0;
	let accessId = '';
	await board.expectOneEntry(
		() => caseId,
		people.lead.id,
		async () => {
			const result = await handleGiveAccess(lead, caseId, anInput());
			expect(result).toMatchObject({ ok: true });
			accessId = result.ok ? result.value.accessId : '';
		},
		{ action: 'access.give', subject: { caseId, personId: people.stranger.id, basis: 'consent', until: '2027-05-31' } },
	);
	expect((await accessesOf(db.orm, caseId)).find(({ id }) => id === accessId)).toMatchObject({
		fromDay: TODAY,
		untilDay: '2027-05-31',
		grantedBy: people.lead.id,
		grantedAt: NOON,
		endedAt: null,
		placementId: null,
	});
	expect((await loadReach(db.orm, as(people.stranger).signedIn.actor, caseId, NOON))?.reach.clinical).toBe(true);
	expect(await rightsChangesAfter(db.orm, 0)).toContainEqual(expect.objectContaining({ caseId, personId: people.stranger.id }));
	expect(board.announced).toEqual([{ kind: 'access', caseId, personId: people.stranger.id, accessId }, { kind: 'rights' }]);
});

test('an administrator of the municipality may give access too', async () => {
	expect(await handleGiveAccess(as(people.admin), caseId, anInput())).toMatchObject({ ok: true });
});

test('a company mentor is given one placement', async () => {
	const input = anInput({ personId: people.mentor.id, placementId: board.placement.id });
	expect(await handleGiveAccess(as(people.admin), caseId, input)).toMatchObject({ ok: true });
	const reach = (await loadReach(db.orm, as(people.mentor).signedIn.actor, caseId, NOON))?.reach;
	expect(reach).toMatchObject({ team: false, clinical: false, placementIds: [board.placement.id] });
});

test('refuses who reads the case but does not manage it', async () => {
	await board.expectNoEntry(async () => {
		expect(await handleGiveAccess(as(people.teacher), caseId, anInput())).toEqual({ ok: false, error: { code: 'forbidden' } });
	});
});

test.each([
	['another team’s lead', () => as(people.otherLead, [otherTeam.id])],
	['somebody without access', () => as(people.mentor)],
	['an administrator of another municipality', () => as(people.adminElsewhere, [], board.elsewhere.id)],
])('hides the case from %s', async (_, context) => {
	const hidden = (await aCitizenCaseOf()).id;
	await board.expectNoEntry(async () => {
		expect(await handleGiveAccess(context(), hidden, anInput())).toEqual({ ok: false, error: { code: 'not-found' } });
	});
});

test('answers for a case that is not there as for one that is hidden', async () => {
	expect(await handleGiveAccess(as(people.lead, [team.id]), newId<CaseId>(), anInput())).toEqual({
		ok: false,
		error: { code: 'not-found' },
	});
});

test.each([
	['an administrator', () => anInput({ personId: people.admin.id }), 'access-for-admin'],
	['longer than a year', () => anInput({ untilDay: '2028-01-01' }), 'access-too-long'],
	['into the past', () => anInput({ untilDay: '2026-11-21' }), 'access-ends-before-it-starts'],
	['a mentor without a placement', () => anInput({ personId: people.mentor.id }), 'no-placement'],
	['a colleague for one placement only', () => anInput({ placementId: board.placement.id }), 'placement-not-for-profession'],
	['somebody who is not here', () => anInput({ personId: newId<PersonId>() }), 'not-found'],
	['somebody of another municipality', () => anInput({ personId: people.adminElsewhere.id }), 'not-found'],
])('refuses to give it to %s', async (_, input, code) => {
	await board.expectNoEntry(async () => {
		expect(await handleGiveAccess(as(people.lead, [team.id]), caseId, input())).toMatchObject({ ok: false, error: { code } });
	});
});

test('refuses in a closed case', async () => {
	const closed = (await aCitizenCaseOf()).id;
	await closeCase(db.orm, closed, NOON);
	expect(await handleGiveAccess(as(people.lead, [team.id]), closed, anInput())).toEqual({
		ok: false,
		error: { code: 'case-closed' },
	});
});

test.each([
	['no reason', { basis: undefined }],
	['no end', { untilDay: undefined }],
	['a day that is none', { untilDay: '2027-02-30' }],
	['an id that is none', { personId: 'x' }],
])('does not understand %s', (_, over) => {
	expect(
		newAccessSchema.safeParse({ personId: people.stranger.id, basis: 'consent', untilDay: '2027-05-31', ...over }).success,
	).toBe(false);
});

function aCitizenCaseOf() {
	return aCitizenCase(db.orm, { team, keys: board.keys });
}
