import { expect, test } from 'vitest';
import { newId } from '../../../board/new-id.ts';
import { countAuditEntries } from '../../../db/repo/audit.ts';
import type { CaseId } from '../../../domain/ids.ts';
import { handleCreateCitizen } from '../../../server/commands/citizen/create.ts';
import { caseAdministrationSchema, readCaseAdministration } from '../../../server/queries/admin/case-administration.ts';
import { citizenViewSchema, listCitizens } from '../../../server/queries/admin/citizens.ts';
import {
	listOrganisations,
	listPeople,
	listTeams,
	listTemplates,
	organisationViewSchema,
	personViewSchema,
	teamViewSchema,
	templateViewSchema,
} from '../../../server/queries/admin/directory.ts';
import { aCoordinator } from '../../support/case-builders.ts';
import { aDatabase } from '../../support/database.ts';
import { aStaffedBoard } from '../../support/staffed-board.ts';

const db = await aDatabase();
const board = await aStaffedBoard(db);
const { people, as, team, otherTeam, municipality, company } = board;
const admin = as(people.admin);
const lead = as(people.lead, [team.id]);
const caseId = board.case.id;

test('the directory holds the municipality and its partners, and nobody else’s', async () => {
	const organisations = await listOrganisations(admin);
	expect(organisations.ok && organisations.value.map(({ id, isHost }) => [id, isHost]).sort()).toEqual(
		[
			[municipality.id, true],
			[company.id, false],
		].sort(),
	);
	const everybody = await listPeople(admin);
	const ids = everybody.ok ? everybody.value.map(({ id }) => id) : [];
	expect(ids).toContain(people.mentor.id);
	expect(ids).not.toContain(people.adminElsewhere.id);
	const teams = await listTeams(admin);
	expect(teams.ok && teams.value.find(({ id }) => id === team.id)?.members).toMatchObject([
		{ personId: people.lead.id, isLead: true, until: null },
	]);
	const templates = await listTemplates(admin);
	expect(templates.ok && templates.value.map(({ key }) => key)).toContain('parallel');
});

test('the directory answers as it describes itself', async () => {
	const lists = [
		[listOrganisations, organisationViewSchema],
		[listPeople, personViewSchema],
		[listTeams, teamViewSchema],
		[listTemplates, templateViewSchema],
	] as const;
	for (const [list, schema] of lists) {
		const result = await list(admin);
		expect(result.ok && result.value.length).toBeGreaterThan(0);
		for (const row of result.ok ? result.value : []) expect(schema.parse(row)).toEqual(row);
	}
});

test('who gives access or finds companies reads the directory; others and outsiders do not', async () => {
	for (const list of [listOrganisations, listPeople, listTeams, listTemplates]) {
		for (const context of [admin, lead, as(people.jobConsultant)]) expect((await list(context)).ok).toBe(true);
		for (const context of [as(people.teacher), as(people.mentor), as({ ...people.mentor, profession: 'job-consultant' })]) {
			expect(await list(context)).toEqual({ ok: false, error: { code: 'forbidden' } });
		}
	}
});

test('an administrator lists citizens by name with their cases; one entry says so', async () => {
	await handleCreateCitizen(admin, { name: 'Aase Aagaard', birthDay: null, cpr: null });
	await board.expectOneEntry(
		() => municipality.id,
		people.admin.id,
		async () => {
			const result = await listCitizens(admin);
			const citizens = result.ok ? result.value : [];
			expect(citizens.map(({ name, hasCpr, cases }) => [name, hasCpr, cases.map((each) => each.id)])).toEqual([
				['Agnes Thomsen', true, [caseId]],
				['Aase Aagaard', false, []],
			]);
			for (const citizen of citizens) expect(citizenViewSchema.parse(citizen)).toEqual(citizen);
		},
		{ action: 'case.read', purpose: 'administration', subject: { list: 'citizens' } },
	);
});

test('nobody else lists citizens', async () => {
	await board.expectNoEntry(async () => {
		for (const context of [lead, as(people.caseWorker), as(people.adminElsewhere)])
			expect(await listCitizens(context)).toEqual({ ok: false, error: { code: 'forbidden' } });
	});
});

test('the access page tells who has to do with a case and nothing of what is in it; one entry says it was opened', async () => {
	await aCoordinator(db.orm, caseId, people.caseWorker.id, '2026-09-01');
	for (const [context, id] of [
		[admin, people.admin.id],
		[lead, people.lead.id],
	] as const) {
		await board.expectOneEntry(
			() => caseId,
			id,
			async () => {
				const result = await readCaseAdministration(context, caseId);
				if (!result.ok) throw new Error(result.error.code);
				expect(result.value).toMatchObject({
					citizen: { name: 'Agnes Thomsen', hasCpr: true },
					team: { id: team.id, name: team.name },
					closedAt: null,
					coordinators: [{ person: { id: people.caseWorker.id }, from: '2026-09-01', until: null }],
					placements: [{ id: board.placement.id, company: { id: company.id, name: company.name } }],
				});
				expect(result.value.access.map(({ person }) => person.id)).toEqual([
					people.teacher.id,
					people.caseWorker.id,
					people.jobConsultant.id,
				]);
				expect(caseAdministrationSchema.parse(result.value)).toEqual(result.value);
			},
			{ action: 'case.read', purpose: 'administration', subject: { caseId } },
		);
	}
});

test('refuses who reads the case but does not manage it, and hides it from everybody else', async () => {
	const before = await countAuditEntries(db.orm);
	expect(await readCaseAdministration(as(people.teacher), caseId)).toEqual({ ok: false, error: { code: 'forbidden' } });
	for (const context of [
		as(people.otherLead, [otherTeam.id]),
		as(people.stranger),
		as(people.adminElsewhere, [], board.elsewhere.id),
	]) {
		expect(await readCaseAdministration(context, caseId)).toEqual({ ok: false, error: { code: 'not-found' } });
	}
	expect(await readCaseAdministration(lead, newId<CaseId>())).toEqual({ ok: false, error: { code: 'not-found' } });
	expect(await countAuditEntries(db.orm)).toBe(before);
});
