import { expect, test } from 'vitest';
import { newId } from '../../../../board/new-id.ts';
import type { CitizenId } from '../../../../domain/ids.ts';
import { handleRevealCpr } from '../../../../server/commands/cpr/reveal.ts';
import { aCitizenCase, aCoordinator } from '../../../support/case-builders.ts';
import { aDatabase } from '../../../support/database.ts';
import { aStaffedBoard } from '../../../support/staffed-board.ts';

const db = await aDatabase();
const board = await aStaffedBoard(db);
const { people, as, team, otherTeam } = board;
const { citizenId, id: caseId } = board.case;
const shown = { ok: true, value: { cpr: '0101901234' } };

test('shows the number to the case worker and writes that down once, without the number', async () => {
	await board.expectOneEntry(
		() => caseId,
		people.caseWorker.id,
		async () => {
			expect(await handleRevealCpr(as(people.caseWorker), citizenId)).toEqual(shown);
		},
		{ action: 'cpr.reveal', subject: { caseId, citizenId } },
	);
});

test('shows it to the lead of the team and to the coordinator', async () => {
	expect(await handleRevealCpr(as(people.lead, [team.id]), citizenId)).toEqual(shown);
	await aCoordinator(db.orm, caseId, people.jobConsultant.id);
	expect(await handleRevealCpr(as(people.jobConsultant), citizenId)).toEqual(shown);
});

test('refuses who reads the case in another profession', async () => {
	await board.expectNoEntry(async () => {
		expect(await handleRevealCpr(as(people.teacher), citizenId)).toEqual({ ok: false, error: { code: 'forbidden' } });
	});
});

test('hides the citizen from everybody else, administrators included', async () => {
	const hidden = [
		as(people.otherLead, [otherTeam.id]),
		as(people.stranger),
		as(people.mentor),
		as(people.admin),
		as(people.adminElsewhere),
	];
	await board.expectNoEntry(async () => {
		for (const context of hidden)
			expect(await handleRevealCpr(context, citizenId)).toEqual({ ok: false, error: { code: 'not-found' } });
	});
	expect(await handleRevealCpr(as(people.lead, [team.id]), newId<CitizenId>())).toEqual({
		ok: false,
		error: { code: 'not-found' },
	});
});

test('says when there is none', async () => {
	const nameless = await aCitizenCase(db.orm, { team, keys: board.keys });
	expect(await handleRevealCpr(as(people.lead, [team.id]), nameless.citizenId)).toEqual({ ok: false, error: { code: 'no-cpr' } });
});
