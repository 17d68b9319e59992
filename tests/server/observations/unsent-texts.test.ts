import { beforeAll, beforeEach, expect, test } from 'vitest';
import { newId } from '../../../board/new-id.ts';
import { auditEntriesOf } from '../../../db/repo/audit.ts';
import type { UnsentTextId } from '../../../domain/ids.ts';
import type { CaseBoard } from '../../../server/api/case-board.ts';
import { purgeUnsentTexts } from '../../../server/commands/unsent-text/purge.ts';
import { NOON } from '../../support/case-builders.ts';
import { aDatabase } from '../../support/database.ts';
import { aFullCase, type FullCase, type Who } from '../../support/full-case.ts';

const DAY_MS = 86_400_000;

const db = await aDatabase();
let full: FullCase;
beforeAll(async () => {
	full = await aFullCase(db);
});
beforeEach(async () => {
	full.clock.ms = NOON.getTime();
	await setAccess('teacher', null);
	await db.pool.query('delete from unsent_text');
});

const seal = (who: Who, text = 'words nobody else reads') => full.request(who, '/unsent-texts', { caseId: full.case.id, text });
const sealed = async (who: Who): Promise<UnsentTextId> => ((await (await seal(who)).json()) as { id: UnsentTextId }).id;
const open = (who: Who, id: string) => full.request(who, `/unsent-texts/${id}`);
const setAccess = (who: Who, endedAt: Date | null) =>
	db.pool.query('update case_access set ended_at = $2 where person_id = $1', [full.people[who].id, endedAt]);
const known = async (who: Who) =>
	((await (await full.request(who, `/cases/${full.case.id}/board`)).json()) as CaseBoard).unsentTexts;

test('handleSealUnsentText takes it when access has just ended, handleOpenUnsentText opens it only when it is back', async () => {
	await setAccess('teacher', new Date(NOON.getTime() - 1_000));
	const before = await full.entries();
	const id = await sealed('teacher');
	expect(await full.entries()).toBe(before + 1);
	expect((await auditEntriesOf(db.orm, full.case.id, 1))[0]).toMatchObject({
		action: 'unsent-text.seal',
		subject: { unsentTextId: id },
	});
	expect((await open('teacher', id)).status).toBe(404);

	await setAccess('teacher', null);
	const opened = await open('teacher', id);
	expect(await opened.json()).toEqual({
		id,
		caseId: full.case.id,
		text: 'words nobody else reads',
		sealedAt: NOON.toISOString(),
	});
	expect((await auditEntriesOf(db.orm, full.case.id, 1))[0]).toMatchObject({
		action: 'unsent-text.open',
		personId: full.people.teacher.id,
	});
});

test('is nobody’s but its author’s: the lead learns that it exists and how long it is', async () => {
	const id = await sealed('teacher');
	expect((await open('lead', id)).status).toBe(404);
	expect((await open('caseWorker', id)).status).toBe(404);
	expect(await known('lead')).toEqual([
		{
			id,
			author: expect.objectContaining({ id: full.people.teacher.id }),
			length: 'words nobody else reads'.length,
			sealedAt: NOON.toISOString(),
			mayOpen: false,
		},
	]);
	expect(await known('teacher')).toMatchObject([{ id, mayOpen: true }]);
	expect(await known('caseWorker')).toEqual([]);
	const listed = await (await full.request('lead', `/cases/${full.case.id}/unsent-texts`)).text();
	expect(listed).toContain(id);
	expect(listed).not.toContain('words nobody');
});

test.each(['stranger', 'otherLead'] as const)(
	'to %s, who never had anything to do with it, the case does not exist',
	async (who) => {
		const before = await full.entries();
		expect((await seal(who)).status).toBe(404);
		expect((await full.request(who, '/unsent-texts', { caseId: newId(), text: 'x' })).status).toBe(404);
		expect(await full.entries()).toBe(before);
	},
);

test('is not taken from somebody whose access ended more than thirty days ago', async () => {
	await setAccess('teacher', new Date(NOON.getTime() - 31 * DAY_MS));
	expect((await seal('teacher')).status).toBe(404);
	await setAccess('teacher', new Date(NOON.getTime() - 29 * DAY_MS));
	expect((await seal('teacher')).status).toBe(201);
});

test('whether there is a place for it is told to whom it is taken from, also without a word, and logs nothing', async () => {
	const place = async (who: Who) => (await full.request(who, `/cases/${full.case.id}/unsent-texts/place`)).status;
	const before = await full.entries();
	for (const [endedDaysAgo, status] of [
		[29, 204],
		[31, 404],
	] as const) {
		await setAccess('teacher', new Date(NOON.getTime() - endedDaysAgo * DAY_MS));
		expect([endedDaysAgo, await place('teacher')]).toEqual([endedDaysAgo, status]);
	}
	expect(await Promise.all((['lead', 'stranger', 'otherLead'] as const).map(place))).toEqual([204, 404, 404]);
	expect(await full.entries()).toBe(before);
});

test('has limits: not nothing, not a book, not twenty-one of them', async () => {
	expect((await seal('teacher', '   ')).status).toBe(400);
	expect((await seal('teacher', 'a'.repeat(20_001))).status).toBe(400);
	for (let times = 0; times < 20; times++) expect((await seal('teacher', 'é'.repeat(20_000))).status).toBe(201);
	const refused = await seal('teacher');
	expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([409, 'too-many-unsent-texts']);
	expect((await seal('caseWorker')).status).toBe(201);
});

test('is deleted after thirty days, and not before', async () => {
	const id = await sealed('teacher');
	expect(await purgeUnsentTexts(db, new Date(NOON.getTime() + 30 * DAY_MS))).toBe(0);
	expect((await open('teacher', id)).status).toBe(200);
	expect(await purgeUnsentTexts(db, new Date(NOON.getTime() + 30 * DAY_MS + 1_000))).toBe(1);
	expect((await open('teacher', id)).status).toBe(404);
});

test('lies sealed in the table', async () => {
	await sealed('teacher');
	const { rows } = await db.pool.query<{ found: boolean }>(
		"select bool_or(position('words'::bytea in sealed) > 0) as found from unsent_text",
	);
	expect(rows[0]?.found).toBe(false);
});
