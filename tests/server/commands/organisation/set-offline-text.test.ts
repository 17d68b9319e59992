import { expect, test } from 'vitest';
import { newId } from '../../../../board/new-id.ts';
import { organisationsOf } from '../../../../db/repo/organisation.ts';
import type { OrganisationId } from '../../../../domain/ids.ts';
import type { OfflineTextRule } from '../../../../domain/offline-text.ts';
import { offlineTextRuleSchema } from '../../../../server/commands/organisation/organisation.ts';
import { handleSetOfflineText } from '../../../../server/commands/organisation/set-offline-text.ts';
import { aDatabase } from '../../../support/database.ts';
import { aStaffedBoard } from '../../../support/staffed-board.ts';

const db = await aDatabase();
const board = await aStaffedBoard(db);
const { people, as, municipality, company, elsewhere } = board;
const admin = as(people.admin);
const ruleOf = async (id: OrganisationId): Promise<OfflineTextRule | undefined> =>
	(await organisationsOf(db.orm, municipality.id)).find((one) => one.id === id)?.offlineText;

test('keeps offline text until an administrator forbids it, and writes that down once', async () => {
	expect(await ruleOf(company.id)).toBe('kept');
	await board.expectOneEntry(
		() => municipality.id,
		people.admin.id,
		async () => {
			expect(await handleSetOfflineText(admin, company.id, { rule: 'forbidden' })).toMatchObject({ ok: true });
			expect(await handleSetOfflineText(admin, company.id, { rule: 'forbidden' })).toMatchObject({ ok: true });
		},
		{ action: 'organisation.set-offline-text', subject: { organisationId: company.id, rule: 'forbidden' } },
	);
	expect([await ruleOf(company.id), await ruleOf(municipality.id)]).toEqual(['forbidden', 'kept']);
});

test.each([
	['a team lead', () => as(people.lead, [board.team.id])],
	['a teacher', () => as(people.teacher)],
	['another municipality’s administrator', () => as(people.adminElsewhere)],
])('refuses %s', async (_, context) => {
	await board.expectNoEntry(async () => {
		expect(await handleSetOfflineText(context(), municipality.id, { rule: 'forbidden' })).toEqual({
			ok: false,
			error: { code: 'forbidden' },
		});
	});
	expect(await ruleOf(municipality.id)).toBe('kept');
});

test('hides organisations of another municipality, and those that are not there', async () => {
	await board.expectNoEntry(async () => {
		for (const id of [elsewhere.id, newId<OrganisationId>()]) {
			expect(await handleSetOfflineText(admin, id, { rule: 'forbidden' })).toEqual({ ok: false, error: { code: 'not-found' } });
		}
	});
});

test.each([{ rule: 'allowed' }, {}])('does not understand %j', (input) => {
	expect(offlineTextRuleSchema.safeParse(input).success).toBe(false);
});
