import { expect, test } from 'vitest';
import { newId } from '../../../../board/new-id.ts';
import { loadReach } from '../../../../db/repo/access.ts';
import { closeCase } from '../../../../db/repo/case.ts';
import { rightsChangesAfter } from '../../../../db/repo/rights-change.ts';
import type { AccessId } from '../../../../domain/ids.ts';
import { handleEndAccess } from '../../../../server/commands/access/end.ts';
import { aCitizenCase, aGrant, NOON } from '../../../support/case-builders.ts';
import { aDatabase } from '../../../support/database.ts';
import { aStaffedBoard } from '../../../support/staffed-board.ts';

const db = await aDatabase();
const board = await aStaffedBoard(db);
const { people, as, team, otherTeam } = board;
const caseId = board.case.id;
const lead = as(people.lead, [team.id]);
const anAccess = async () => (await aGrant(db.orm, { caseId, personId: people.stranger.id, grantedBy: people.lead.id })).id;

test('ends it at once, writes it down once, and tells the rooms', async () => {
	const accessId = await anAccess();
	board.announced.length = 0;
	await board.expectOneEntry(
		() => caseId,
		people.lead.id,
		async () => {
			expect(await handleEndAccess(lead, caseId, accessId)).toEqual({ ok: true, value: { personId: people.stranger.id } });
		},
		{ action: 'access.end', subject: { caseId, personId: people.stranger.id, accessId } },
	);
	expect((await loadReach(db.orm, as(people.stranger).signedIn.actor, caseId, NOON))?.reach.team).toBe(false);
	expect(await rightsChangesAfter(db.orm, 0)).toContainEqual(expect.objectContaining({ caseId, personId: people.stranger.id }));
	expect(board.announced).toEqual([{ kind: 'access', caseId, personId: people.stranger.id, accessId }, { kind: 'rights' }]);
});

test('says so when it had ended', async () => {
	const accessId = await anAccess();
	await handleEndAccess(lead, caseId, accessId);
	await board.expectNoEntry(async () => {
		expect(await handleEndAccess(lead, caseId, accessId)).toEqual({ ok: false, error: { code: 'already-ended' } });
	});
});

test('takes back what was given in a case that is closed since', async () => {
	const closed = await aCitizenCase(db.orm, { team, keys: board.keys });
	const { id } = await aGrant(db.orm, { caseId: closed.id, personId: people.stranger.id, grantedBy: people.lead.id });
	await closeCase(db.orm, closed.id, NOON);
	expect(await handleEndAccess(lead, closed.id, id)).toMatchObject({ ok: true });
});

test('refuses who reads the case but does not manage it, even for their own access', async () => {
	const accessId = await anAccess();
	await board.expectNoEntry(async () => {
		expect(await handleEndAccess(as(people.teacher), caseId, accessId)).toEqual({ ok: false, error: { code: 'forbidden' } });
	});
});

test('hides another team’s case, and the access of another case', async () => {
	const accessId = await anAccess();
	expect(await handleEndAccess(as(people.otherLead, [otherTeam.id]), caseId, accessId)).toEqual({
		ok: false,
		error: { code: 'not-found' },
	});
	const other = await aCitizenCase(db.orm, { team, keys: board.keys });
	expect(await handleEndAccess(lead, other.id, accessId)).toEqual({ ok: false, error: { code: 'not-found' } });
	expect(await handleEndAccess(lead, caseId, newId<AccessId>())).toEqual({ ok: false, error: { code: 'not-found' } });
});
