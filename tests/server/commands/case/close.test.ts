import { expect, test } from 'vitest';
import { newId } from '../../../../board/new-id.ts';
import { findCase } from '../../../../db/repo/case.ts';
import { rightsChangesAfter } from '../../../../db/repo/rights-change.ts';
import type { CaseId } from '../../../../domain/ids.ts';
import { handleCloseCase } from '../../../../server/commands/case/close.ts';
import { aCitizenCase, aGrant, NOON } from '../../../support/case-builders.ts';
import { aDatabase } from '../../../support/database.ts';
import { aStaffedBoard } from '../../../support/staffed-board.ts';

const db = await aDatabase();
const board = await aStaffedBoard(db);
const { people, as, team, otherTeam } = board;
const lead = as(people.lead, [team.id]);
const aCase = async () => (await aCitizenCase(db.orm, { team, keys: board.keys })).id;

test('closes a case, writes it down once, and tells the rooms', async () => {
	const caseId = await aCase();
	board.announced.length = 0;
	await board.expectOneEntry(
		() => caseId,
		people.lead.id,
		async () => {
			expect(await handleCloseCase(lead, caseId)).toEqual({ ok: true, value: { closedAt: NOON } });
		},
		{ action: 'case.close', subject: { caseId } },
	);
	expect((await findCase(db.orm, caseId))?.closedAt).toEqual(NOON);
	expect(await rightsChangesAfter(db.orm, 0)).toContainEqual(expect.objectContaining({ caseId, personId: null }));
	expect(board.announced).toEqual([{ kind: 'case', caseId }, { kind: 'rights' }]);
});

test('closes once when two ask at once', async () => {
	const caseId = await aCase();
	const answers = await Promise.all([handleCloseCase(lead, caseId), handleCloseCase(as(people.admin), caseId)]);
	expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
	expect(answers.find(({ ok }) => !ok)).toEqual({ ok: false, error: { code: 'case-closed' } });
});

test('refuses who reads the case but does not lead it', async () => {
	const caseId = await aCase();
	await aGrant(db.orm, { caseId, personId: people.caseWorker.id, grantedBy: people.lead.id });
	await board.expectNoEntry(async () => {
		expect(await handleCloseCase(as(people.caseWorker), caseId)).toEqual({ ok: false, error: { code: 'forbidden' } });
	});
});

test('hides another team’s case and one that is not there', async () => {
	const caseId = await aCase();
	for (const context of [
		as(people.otherLead, [otherTeam.id]),
		as(people.stranger),
		as(people.adminElsewhere, [], board.elsewhere.id),
	]) {
		expect(await handleCloseCase(context, caseId)).toEqual({ ok: false, error: { code: 'not-found' } });
	}
	expect(await handleCloseCase(lead, newId<CaseId>())).toEqual({ ok: false, error: { code: 'not-found' } });
});
