import { expect, test } from 'vitest';
import { newId } from '../../../board/new-id.ts';
import { insertTemplateVersion } from '../../../db/repo/template.ts';
import type { TemplateVersionId } from '../../../domain/ids.ts';
import { defaultTemplate } from '../../../domain/programme/default-templates.ts';
import { caseProgrammeSchema } from '../../../server/queries/case/case-programme.ts';
import { readProgramme } from '../../../server/queries/case/read-within-case.ts';
import { listTemplateVersions, readTemplate } from '../../../server/queries/template/read-templates.ts';
import { templateDetailSchema, templateListEntrySchema } from '../../../server/queries/template/templates.ts';
import { aGrant, NOON } from '../../support/case-builders.ts';
import { aDatabase } from '../../support/database.ts';
import { aStaffedBoard } from '../../support/staffed-board.ts';

const db = await aDatabase();
const board = await aStaffedBoard(db);
const { people, as, team, municipality } = board;
const lead = as(people.lead, [team.id]);
const newer = { ...defaultTemplate('parallel'), name: { da: 'Nyere', en: 'Newer' } };
await insertTemplateVersion(db.orm, {
	id: newId<TemplateVersionId>(),
	organisationId: municipality.id,
	templateKey: 'parallel',
	version: 2,
	validFrom: '2027-01-01',
	validUntil: null,
	content: newer,
	createdAt: NOON,
});

test('the list tells of every template its versions, which of them is valid today, and how many cases use it', async () => {
	const result = await listTemplateVersions(lead);
	const entries = result.ok ? result.value : [];
	expect(entries.find(({ key }) => key === 'parallel')).toMatchObject({
		name: { da: 'Nyere' },
		versions: [
			{ version: 2, current: false, cases: 0 },
			{ version: 1, current: true, cases: 0 },
		],
	});
	expect(entries.flatMap(({ versions }) => versions).reduce((sum, { cases }) => sum + cases, 0)).toBe(1);
	for (const entry of entries) expect(templateListEntrySchema.parse(entry)).toEqual(entry);
});

test('a template is read as its newest version beside the one before, or as any version asked for', async () => {
	const newest = await readTemplate(lead, 'parallel', undefined);
	expect(newest.ok && [newest.value.shown, newest.value.content.name.da, newest.value.before?.name.da]).toEqual([
		2,
		'Nyere',
		'Parallelforløb',
	]);
	const first = await readTemplate(lead, 'parallel', 1);
	expect(first.ok && [first.value.shown, first.value.before]).toEqual([1, null]);
	if (newest.ok) expect(templateDetailSchema.parse(newest.value)).toEqual(newest.value);
	for (const [key, version] of [
		['parallel', 9],
		['nothing', undefined],
	] as const)
		expect(await readTemplate(lead, key, version)).toEqual({ ok: false, error: { code: 'not-found' } });
});

test('only who may edit templates reads them, and nobody another municipality’s', async () => {
	for (const context of [as(people.teacher), as(people.mentor), as(people.adminElsewhere)]) {
		expect(await listTemplateVersions(context)).toEqual({ ok: false, error: { code: 'forbidden' } });
		expect(await readTemplate(context, 'parallel', undefined)).toEqual({ ok: false, error: { code: 'forbidden' } });
	}
	const elsewhere = as(people.adminElsewhere, [], board.elsewhere.id);
	expect(await listTemplateVersions(elsewhere)).toEqual({ ok: true, value: [] });
	expect(await readTemplate(elsewhere, 'parallel', undefined)).toEqual({ ok: false, error: { code: 'not-found' } });
});

test('who reads the plan is told why each track is there; who reads only a placement is not', async () => {
	const result = await readProgramme(as(people.teacher), board.case.id);
	const { trackTypes, milestones, mechanisms, contexts } = defaultTemplate('parallel');
	expect(result).toEqual({ ok: true, value: { trackTypes, milestones, mechanisms, contexts } });
	if (result.ok) expect(caseProgrammeSchema.parse(result.value)).toEqual(result.value);
	await aGrant(db.orm, {
		caseId: board.case.id,
		personId: people.mentor.id,
		grantedBy: people.lead.id,
		placementId: board.placement.id,
	});
	for (const context of [as(people.mentor), as(people.stranger)])
		expect(await readProgramme(context, board.case.id)).toEqual({ ok: false, error: { code: 'not-found' } });
});
