import { expect, test } from 'vitest';
import { loadTemplateContents } from '../../../../db/repo/case-read.ts';
import { versionsOfTemplate } from '../../../../db/repo/template.ts';
import { defaultTemplate } from '../../../../domain/programme/default-templates.ts';
import { templateContentSchema, type TemplateContent } from '../../../../domain/programme/template.ts';
import { newCaseSchema } from '../../../../server/commands/case/case.ts';
import { handleOpenCase } from '../../../../server/commands/case/open.ts';
import { handlePublishTemplateVersion } from '../../../../server/commands/template/publish-version.ts';
import { handleRetireTemplate } from '../../../../server/commands/template/retire.ts';
import { newTemplateVersionSchema } from '../../../../server/commands/template/template.ts';
import { findCase } from '../../../../db/repo/case.ts';
import { readCaseBoard } from '../../../../server/queries/case/read-case-board.ts';
import { TODAY } from '../../../support/case-builders.ts';
import { aDatabase } from '../../../support/database.ts';
import { aStaffedBoard } from '../../../support/staffed-board.ts';

const db = await aDatabase();
const board = await aStaffedBoard(db);
const { people, as, team, otherTeam, municipality } = board;
const lead = as(people.lead, [team.id]);
const admin = as(people.admin);

const versions = () => versionsOfTemplate(db.orm, municipality.id, 'parallel');
const latest = async () => (await versions())[0]!;

/** The newest version under another name. */
async function aProposal(name: string, over: Record<string, unknown> = {}) {
	const { version, validFrom, content } = await latest();
	const renamed: TemplateContent = { ...templateContentSchema.parse(content), name: { da: name, en: name } };
	return newTemplateVersionSchema.parse({
		baseVersion: version,
		validFrom: validFrom > TODAY ? validFrom : TODAY,
		content: renamed,
		...over,
	});
}

async function openedToday() {
	const input = newCaseSchema.parse({ citizenId: board.case.citizenId, teamId: team.id, templateKey: 'parallel' });
	const result = await handleOpenCase(admin, input);
	if (!result.ok) throw new Error(result.error.code);
	return (await findCase(db.orm, result.value.caseId))!;
}

test('publishes a version and ends the one before; cases that run keep theirs, new ones get it; one entry says so', async () => {
	const running = await openedToday();
	const before = await loadTemplateContents(db.orm, [running.templateVersionId]);
	const input = await aProposal('Nyt navn');
	await board.expectOneEntry(
		() => municipality.id,
		people.lead.id,
		async () =>
			expect(await handlePublishTemplateVersion(lead, 'parallel', input)).toMatchObject({ ok: true, value: { version: 2 } }),
		{ action: 'template.publish-version', subject: { version: '2', from: TODAY } },
	);
	expect((await versions()).map(({ version, validFrom, validUntil }) => [version, validFrom, validUntil])).toEqual([
		[2, TODAY, null],
		[1, '2026-01-01', '2026-11-21'],
	]);
	expect(await loadTemplateContents(db.orm, [running.templateVersionId])).toEqual(before);
	expect((await openedToday()).templateVersionId).toBe((await latest()).id);
});

test('of two who publish from the same version the second is refused, also at the same moment', async () => {
	const [mine, theirs] = [await aProposal('Mit'), await aProposal('Deres')];
	const answers = await Promise.all([
		handlePublishTemplateVersion(lead, 'parallel', mine),
		handlePublishTemplateVersion(admin, 'parallel', theirs),
	]);
	expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
	expect(answers.find(({ ok }) => !ok)).toEqual({ ok: false, error: { code: 'template-changed' } });
	await board.expectNoEntry(async () => {
		expect(await handlePublishTemplateVersion(lead, 'parallel', mine)).toEqual({
			ok: false,
			error: { code: 'template-changed' },
		});
	});
});

test('a version that begins later is not what a case opened today gets', async () => {
	const today = (await latest()).id;
	expect(
		(await handlePublishTemplateVersion(lead, 'parallel', await aProposal('Fra nytår', { validFrom: '2027-01-01' }))).ok,
	).toBe(true);
	expect((await openedToday()).templateVersionId).toBe(today);
});

test('the board of a case whose version ended, or whose template is retired, works as before', async () => {
	const running = await openedToday();
	const { version } = await latest();
	expect(await handleRetireTemplate(lead, 'parallel', { baseVersion: version, from: TODAY })).toEqual({
		ok: true,
		value: undefined,
	});
	const result = await readCaseBoard(lead, running.id);
	expect(result.ok && result.value.template.phases).toHaveLength(5);
});

test.each([
	['a day that has gone', { validFrom: '2026-11-21' }, 'valid-from-in-the-past'],
	[
		'an id nobody knows',
		{ content: { ...defaultTemplate('parallel'), referrers: [{ id: 'x', label: { da: 'X', en: 'X' } }] } },
		'template-wrong',
	],
])('refuses %s and leaves nothing behind', async (_, over, code) => {
	const input = await aProposal('Afvist', over);
	const before = await versions();
	await board.expectNoEntry(async () => {
		expect(await handlePublishTemplateVersion(lead, 'parallel', input)).toMatchObject({ ok: false, error: { code } });
	});
	expect(await versions()).toEqual(before);
});

test('refuses who neither leads a team nor administers', async () => {
	const input = await aProposal('Uden ret');
	await board.expectNoEntry(async () => {
		for (const context of [as(people.caseWorker), as(people.mentor), as(people.adminElsewhere)])
			expect(await handlePublishTemplateVersion(context, 'parallel', input)).toEqual({ ok: false, error: { code: 'forbidden' } });
	});
	expect((await handlePublishTemplateVersion(as(people.otherLead, [otherTeam.id]), 'parallel', input)).ok).toBe(true);
});

test('hides another municipality’s template', async () => {
	const input = await aProposal('Fremmed');
	const elsewhere = as(people.adminElsewhere, [], board.elsewhere.id);
	expect(await handlePublishTemplateVersion(elsewhere, 'parallel', input)).toEqual({ ok: false, error: { code: 'not-found' } });
});
