import { beforeEach, expect, test } from 'vitest';
import { auditEntriesOf, verifyChain } from '../../../db/repo/audit.ts';
import type { CaseId } from '../../../domain/ids.ts';
import { listCases } from '../../../server/queries/case/list-cases.ts';
import { readCaseBoard } from '../../../server/queries/case/read-case-board.ts';
import type { QueryContext } from '../../../server/queries/query-context.ts';
import { aDatabase } from '../../support/database.ts';
import { aFullCase, type FullCase, type Who } from '../../support/full-case.ts';

const db = await aDatabase();
let full: FullCase;
beforeEach(async () => {
	await db.pool.query('select 1');
	full ??= await aFullCase(db);
});

const newest = async (caseId: CaseId = full.case.id) => (await auditEntriesOf(db.orm, caseId, 1))[0];
const contextOf = (who: Who): QueryContext => {
	const { id: personId, profession, organisationId } = full.people[who];
	const { keys, log, now } = full;
	return { db, keys, log, now, signedIn: { sessionId: 'a session', actor: { personId, profession, organisationId, leads: [] } } };
};

/** By id: two that are made within a millisecond are in no other order. */
const placements = () => [full.placements.a.id, full.placements.b.id].toSorted().map((id) => `placement-${id}`);

test('a board read is one row: who, when, in which session, what for, and which compartments', async () => {
	const before = await full.entries();
	await full.request('psychologist', `/cases/${full.case.id}/board`);
	expect(await full.entries()).toBe(before + 1);
	expect(await newest()).toMatchObject({
		action: 'case.read',
		purpose: 'board',
		personId: full.people.psychologist.id,
		at: full.now(),
		sessionId: expect.any(String),
		subject: { caseId: full.case.id },
		compartments: ['team', ...placements(), 'clinical', 'private'],
	});
	expect(await verifyChain(db.orm, full.case.id)).toBeUndefined();
});

test('boards read at once are a row each, of who was answered and what they got, in a chain that stays whole', async () => {
	const atOnce: readonly Who[] = ['teacher', 'stranger', 'mentorA', 'psychologist', 'teacher'];
	const before = await full.entries();
	const results = await Promise.all(atOnce.map((who) => readCaseBoard(contextOf(who), full.case.id)));
	expect(results.map(({ ok }) => ok)).toEqual([true, false, true, true, true]);
	expect(await full.entries()).toBe(before + 4);
	const team = ['team', ...placements()];
	const rows = (await auditEntriesOf(db.orm, full.case.id, 4)).toReversed();
	expect(rows.map(({ personId, compartments }) => [personId, compartments])).toEqual([
		[full.people.teacher.id, [...team, 'private']],
		[full.people.mentorA.id, [`placement-${full.placements.a.id}`, 'private']],
		[full.people.psychologist.id, [...team, 'clinical', 'private']],
		[full.people.teacher.id, [...team, 'private']],
	]);
	expect(await verifyChain(db.orm, full.case.id)).toBeUndefined();
});

test('what was not answered is not logged as read', async () => {
	const before = await full.entries();
	for (const path of ['', '/board', '/observations', '/summary', '/readers?compartment=team', '/unsent-texts']) {
		expect((await full.request('stranger', `/cases/${full.case.id}${path}`)).status).toBe(404);
	}
	expect(await full.entries()).toBe(before);
});

test('a list is one row for each case on it, in a chain that stays whole', async () => {
	const before = await full.entries();
	await full.request('lead', '/cases');
	expect(await full.entries()).toBe(before + 1);
	expect(await newest()).toMatchObject({ action: 'case.read', purpose: 'caseload', personId: full.people.lead.id });
	expect(await newest(full.otherCase.id)).toBeUndefined();
	expect(await verifyChain(db.orm, full.case.id)).toBeUndefined();
});

test('what an open board fetches afterwards is covered by the row of its opening', async () => {
	await full.request('teacher', `/cases/${full.case.id}/board`);
	const before = await full.entries();
	await full.request('teacher', `/cases/${full.case.id}/observations`);
	await full.request('teacher', `/cases/${full.case.id}/readers?compartment=team`);
	expect(await full.entries()).toBe(before);
});

test('the stream without an open board is an opening of its own', async () => {
	const before = await full.entries();
	await full.request('socialMentor', `/cases/${full.case.id}/observations`);
	await full.request('socialMentor', `/cases/${full.case.id}/observations`);
	expect(await full.entries()).toBe(before + 1);
});

test('another session is another opening', async () => {
	await full.request('caseWorker', `/cases/${full.case.id}/board`);
	const before = await full.entries();
	const cookie = await full.signIn('caseWorker');
	const signedIn = await full.entries();
	await full.api.request(`http://tavle.test/api/v1/cases/${full.case.id}/observations`, { headers: { cookie } });
	expect(await full.entries()).toBe(signedIn + 1);
	expect(signedIn).toBe(before);
});

test('a read that cannot be logged is not answered', async () => {
	await db.pool.query(
		"create function refuse_entry() returns trigger language plpgsql as 'begin raise exception ''no log today''; end'",
	);
	await db.pool.query('create trigger refuse_entry before insert on audit_entry for each row execute function refuse_entry()');
	try {
		await expect(readCaseBoard(contextOf('teacher'), full.case.id)).rejects.toThrow();
		await expect(listCases(contextOf('teacher'))).rejects.toThrow();
		const atOnce = (['teacher', 'lead', 'socialMentor'] as const).map((who) => readCaseBoard(contextOf(who), full.case.id));
		expect((await Promise.allSettled(atOnce)).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
	} finally {
		await db.pool.query('drop trigger refuse_entry on audit_entry');
	}
});

test('a read that fails after its row was written leaves no row', async () => {
	const before = await full.entries();
	const chainBefore = await newest();
	await db.pool.query("create function fail_late() returns trigger language plpgsql as 'begin raise exception ''late''; end'");
	await db.pool.query(
		'create constraint trigger fail_late after insert on audit_entry deferrable initially deferred for each row execute function fail_late()',
	);
	try {
		await expect(readCaseBoard(contextOf('teacher'), full.case.id)).rejects.toThrow();
	} finally {
		await db.pool.query('drop trigger fail_late on audit_entry');
	}
	expect(await full.entries()).toBe(before);
	expect(await newest()).toEqual(chainBefore);
});
