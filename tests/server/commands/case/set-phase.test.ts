import { expect, test } from 'vitest';
import { newId } from '../../../../board/new-id.ts';
import { findCase } from '../../../../db/repo/case.ts';
import type { CaseId } from '../../../../domain/ids.ts';
import { defaultTemplate } from '../../../../domain/programme/default-templates.ts';
import { handleCloseCase } from '../../../../server/commands/case/close.ts';
import { handleSetPhase } from '../../../../server/commands/case/set-phase.ts';
import { aCitizenCase, aGrant } from '../../../support/case-builders.ts';
import { aDatabase } from '../../../support/database.ts';
import { aStaffedBoard } from '../../../support/staffed-board.ts';

const db = await aDatabase();
const board = await aStaffedBoard(db);
const { people, as, team, otherTeam } = board;
const [first, second] = defaultTemplate('parallel').phases.items.map(({ id }) => ({ id })) as [{ id: string }, { id: string }];
const teacher = as(people.teacher);
const caseId = board.case.id;
const phaseNow = async () => (await findCase(db.orm, caseId))?.phase;

test('whoever writes the plan sets the phase; it is written down once and announced', async () => {
	board.announced.length = 0;
	await board.expectOneEntry(
		() => caseId,
		people.teacher.id,
		async () => {
			expect(await handleSetPhase(teacher, caseId, { phase: first.id, seen: null })).toEqual({
				ok: true,
				value: { phase: first.id },
			});
		},
		{ action: 'case.set-phase', subject: { caseId, phase: first.id, before: '' } },
	);
	expect(await phaseNow()).toBe(first.id);
	expect(board.announced).toEqual([{ kind: 'case', caseId }]);
});

test('of two who move it at once, one is told that it was moved', async () => {
	const answers = await Promise.all([
		handleSetPhase(teacher, caseId, { phase: second.id, seen: first.id }),
		handleSetPhase(as(people.caseWorker), caseId, { phase: second.id, seen: first.id }),
	]);
	expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
	expect(answers.find(({ ok }) => !ok)).toEqual({ ok: false, error: { code: 'phase-changed' } });
	expect(await handleSetPhase(teacher, caseId, { phase: 'nothing', seen: second.id })).toEqual({
		ok: false,
		error: { code: 'no-such-phase' },
	});
});

test('refuses who reads a part of the case but not the plan', async () => {
	await aGrant(db.orm, { caseId, personId: people.mentor.id, grantedBy: people.lead.id, placementId: board.placement.id });
	await board.expectNoEntry(async () => {
		expect(await handleSetPhase(as(people.mentor), caseId, { phase: first.id, seen: second.id })).toEqual({
			ok: false,
			error: { code: 'forbidden' },
		});
	});
});

test('hides another team’s case and one that is not there', async () => {
	const input = { phase: first.id, seen: second.id };
	for (const context of [as(people.otherLead, [otherTeam.id]), as(people.stranger), as(people.admin), as(people.adminElsewhere)])
		expect(await handleSetPhase(context, caseId, input)).toEqual({ ok: false, error: { code: 'not-found' } });
	expect(await handleSetPhase(teacher, newId<CaseId>(), input)).toEqual({ ok: false, error: { code: 'not-found' } });
});

test('a closed case stays where it is', async () => {
	const closed = await aCitizenCase(db.orm, { team, keys: board.keys, templateContent: defaultTemplate('parallel') });
	await handleCloseCase(as(people.lead, [team.id]), closed.id);
	expect(await handleSetPhase(as(people.lead, [team.id]), closed.id, { phase: first.id, seen: null })).toEqual({
		ok: false,
		error: { code: 'case-closed' },
	});
});
