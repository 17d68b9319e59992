import { expect, test } from 'vitest';
import { newId } from '../../../../board/new-id.ts';
import { findCase } from '../../../../db/repo/case.ts';
import { documentsOf } from '../../../../db/repo/document.ts';
import type { CaseId, CitizenId, TeamId } from '../../../../domain/ids.ts';
import { newCaseSchema } from '../../../../server/commands/case/case.ts';
import { handleOpenCase } from '../../../../server/commands/case/open.ts';
import { aTeam } from '../../../support/case-builders.ts';
import { aDatabase } from '../../../support/database.ts';
import { aStaffedBoard } from '../../../support/staffed-board.ts';

const db = await aDatabase();
const board = await aStaffedBoard(db);
const { people, as, team } = board;
const admin = as(people.admin);
const anInput = (over: Record<string, unknown> = {}) =>
	newCaseSchema.parse({ citizenId: board.case.citizenId, teamId: team.id, templateKey: 'parallel', ...over });

test('opens a case with its team document, a key of its own and the template’s first phase, and writes it down once', async () => {
	let caseId!: CaseId;
	await board.expectOneEntry(
		() => caseId,
		people.admin.id,
		async () => {
			const result = await handleOpenCase(admin, anInput({ releaseDay: '2027-03-01' }));
			if (!result.ok) throw new Error(result.error.code);
			caseId = result.value.caseId;
		},
		{ action: 'case.open' },
	);
	const opened = (await findCase(db.orm, caseId))!;
	expect(opened).toMatchObject({ teamId: team.id, releaseDay: '2027-03-01', closedAt: null });
	expect(opened.phase).toEqual(expect.any(String));
	expect(opened.dataKeyId).not.toBe(board.case.dataKeyId);
	expect((await documentsOf(db.orm, caseId)).map(({ compartment, seq }) => [compartment.kind, seq])).toEqual([['team', 1]]);
	expect(board.announced).toContainEqual({ kind: 'case', caseId });
});

test.each([
	['a template nobody made', { templateKey: 'nothing' }, 'no-template'],
	['a phase the template has not', { phase: 'nothing' }, 'no-such-phase'],
	['a citizen who is not here', { citizenId: newId<CitizenId>() }, 'not-found'],
	['a team that is not here', { teamId: newId<TeamId>() }, 'not-found'],
])('refuses %s and leaves nothing behind', async (_, over, code) => {
	const before = await counts();
	expect(await handleOpenCase(admin, anInput(over))).toEqual({ ok: false, error: { code } });
	expect(await counts()).toEqual(before);
});

test('hides another municipality’s team', async () => {
	const foreign = await aTeam(db.orm, { organisationId: board.elsewhere.id });
	expect(await handleOpenCase(admin, anInput({ teamId: foreign.id }))).toEqual({ ok: false, error: { code: 'not-found' } });
});

test('refuses everybody but an administrator of the municipality', async () => {
	for (const context of [as(people.lead, [team.id]), as(people.caseWorker), as(people.adminElsewhere)]) {
		expect(await handleOpenCase(context, anInput())).toEqual({ ok: false, error: { code: 'forbidden' } });
	}
});

test.each([{ citizenId: 'x' }, { templateKey: '' }, { releaseDay: '2027-02-30' }])('does not understand %j', (over) => {
	expect(() => anInput(over)).toThrow();
});

async function counts() {
	const { rows } = await db.pool.query(
		'select (select count(*) from citizen_case) as cases, (select count(*) from data_key) as keys, (select count(*) from audit_entry) as entries',
	);
	return rows[0] as unknown;
}
