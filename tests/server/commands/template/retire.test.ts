import { expect, test } from 'vitest';
import { versionsOfTemplate } from '../../../../db/repo/template.ts';
import { newCaseSchema } from '../../../../server/commands/case/case.ts';
import { handleOpenCase } from '../../../../server/commands/case/open.ts';
import { handleRetireTemplate } from '../../../../server/commands/template/retire.ts';
import { TODAY } from '../../../support/case-builders.ts';
import { aDatabase } from '../../../support/database.ts';
import { aStaffedBoard } from '../../../support/staffed-board.ts';

const db = await aDatabase();
const board = await aStaffedBoard(db);
const { people, as, team, municipality } = board;
const lead = as(people.lead, [team.id]);
const fromToday = { baseVersion: 1, from: TODAY };

test('refuses who neither leads a team nor administers', async () => {
	await board.expectNoEntry(async () => {
		for (const context of [as(people.teacher), as(people.mentor), as(people.adminElsewhere)])
			expect(await handleRetireTemplate(context, 'parallel', fromToday)).toEqual({ ok: false, error: { code: 'forbidden' } });
	});
});

test('hides another municipality’s template and one that is not there', async () => {
	const elsewhere = as(people.adminElsewhere, [], board.elsewhere.id);
	for (const [context, key] of [
		[elsewhere, 'parallel'],
		[lead, 'nothing'],
	] as const)
		expect(await handleRetireTemplate(context, key, fromToday)).toEqual({ ok: false, error: { code: 'not-found' } });
});

test('refuses who has not seen the newest version', async () => {
	expect(await handleRetireTemplate(lead, 'parallel', { ...fromToday, baseVersion: 2 })).toEqual({
		ok: false,
		error: { code: 'template-changed' },
	});
});

test('retires a template, so that no case is opened by it any more, and writes it down once', async () => {
	await board.expectOneEntry(
		() => municipality.id,
		people.lead.id,
		async () => expect(await handleRetireTemplate(lead, 'parallel', fromToday)).toEqual({ ok: true, value: undefined }),
		{ action: 'template.retire', subject: { from: TODAY } },
	);
	expect((await versionsOfTemplate(db.orm, municipality.id, 'parallel'))[0]?.validUntil).toBe('2026-11-21');
	const input = newCaseSchema.parse({ citizenId: board.case.citizenId, teamId: team.id, templateKey: 'parallel' });
	expect(await handleOpenCase(as(people.admin), input)).toEqual({ ok: false, error: { code: 'no-template' } });
	expect(await handleRetireTemplate(lead, 'parallel', fromToday)).toEqual({ ok: false, error: { code: 'already-ended' } });
});
