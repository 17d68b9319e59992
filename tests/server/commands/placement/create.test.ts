import { expect, test } from 'vitest';
import { newId } from '../../../../board/new-id.ts';
import { closeCase } from '../../../../db/repo/case.ts';
import { documentsOf } from '../../../../db/repo/document.ts';
import { placementsOf } from '../../../../db/repo/placement.ts';
import { rightsChangesAfter } from '../../../../db/repo/rights-change.ts';
import type { OrganisationId, PlacementId } from '../../../../domain/ids.ts';
import { handleCreatePlacement } from '../../../../server/commands/placement/create.ts';
import { newPlacementSchema } from '../../../../server/commands/placement/placement.ts';
import { aCitizenCase, NOON } from '../../../support/case-builders.ts';
import { aDatabase } from '../../../support/database.ts';
import { aStaffedBoard } from '../../../support/staffed-board.ts';

const db = await aDatabase();
const board = await aStaffedBoard(db);
const { people, as, team, otherTeam, company } = board;
const caseId = board.case.id;
const anInput = (over: Record<string, unknown> = {}) =>
	newPlacementSchema.parse({ companyId: company.id, fromDay: '2026-12-01', ...over });

test('the job consultant records a placement with a document of its own; it is written down once and the rooms are told', async () => {
	let placementId!: PlacementId;
	board.announced.length = 0;
	await board.expectOneEntry(
		() => caseId,
		people.jobConsultant.id,
		async () => {
			const result = await handleCreatePlacement(as(people.jobConsultant), caseId, anInput());
			if (!result.ok) throw new Error(result.error.code);
			placementId = result.value.placementId;
		},
		{ action: 'placement.create', subject: { caseId, companyId: company.id } },
	);
	expect(await placementsOf(db.orm, caseId)).toContainEqual(
		expect.objectContaining({ id: placementId, fromDay: '2026-12-01', untilDay: null }),
	);
	expect((await documentsOf(db.orm, caseId)).map(({ compartment }) => compartment)).toContainEqual({
		kind: 'placement',
		placementId,
	});
	expect(await rightsChangesAfter(db.orm, 0)).toContainEqual(expect.objectContaining({ caseId, personId: null }));
	expect(board.announced).toEqual([{ kind: 'placement', caseId, placementId }, { kind: 'rights' }]);
});

test('so may the lead of the team and an administrator', async () => {
	expect(await handleCreatePlacement(as(people.lead, [team.id]), caseId, anInput())).toMatchObject({ ok: true });
	expect(await handleCreatePlacement(as(people.admin), caseId, anInput({ untilDay: '2027-01-31' }))).toMatchObject({ ok: true });
});

test('refuses who reads the case in another profession, and hides another team’s', async () => {
	await board.expectNoEntry(async () => {
		expect(await handleCreatePlacement(as(people.teacher), caseId, anInput())).toEqual({
			ok: false,
			error: { code: 'forbidden' },
		});
		expect(await handleCreatePlacement(as(people.otherLead, [otherTeam.id]), caseId, anInput())).toEqual({
			ok: false,
			error: { code: 'not-found' },
		});
	});
});

test('refuses a closed case, what is no company, and a company of another municipality', async () => {
	const closed = await aCitizenCase(db.orm, { team, keys: board.keys });
	await closeCase(db.orm, closed.id, NOON);
	const lead = as(people.lead, [team.id]);
	expect(await handleCreatePlacement(lead, closed.id, anInput())).toEqual({ ok: false, error: { code: 'case-closed' } });
	expect(await handleCreatePlacement(lead, caseId, anInput({ companyId: board.municipality.id }))).toEqual({
		ok: false,
		error: { code: 'not-a-company' },
	});
	for (const companyId of [board.elsewhere.id, newId<OrganisationId>()]) {
		expect(await handleCreatePlacement(lead, caseId, anInput({ companyId }))).toEqual({
			ok: false,
			error: { code: 'not-found' },
		});
	}
});

test.each([{ companyId: 'x' }, { fromDay: '2026-02-30' }, { untilDay: '2026-11-30' }])('does not understand %j', (over) => {
	expect(() => anInput(over)).toThrow();
});
