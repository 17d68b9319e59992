import { expect, test } from 'vitest';
import { addDecision } from '../../../../board/edit/decision.ts';
import { addTask, dropTask, finishTask } from '../../../../board/edit/task.ts';
import { replaceText } from '../../../../board/edit/text.ts';
import { newId } from '../../../../board/new-id.ts';
import { agreedTextName, goalTextName } from '../../../../board/schema.ts';
import { transaction } from '../../../../db/client.ts';
import { auditEntriesOf, countAuditEntries, verifyChain } from '../../../../db/repo/audit.ts';
import { destroyDataKey } from '../../../../db/repo/data-key.ts';
import { eraseCase } from '../../../../db/repo/erase-case.ts';
import { findMinutes } from '../../../../db/repo/minutes.ts';
import { lockSharedDocuments } from '../../../../db/repo/shared-documents.ts';
import { partsOf, snapshotsOf } from '../../../../db/repo/snapshot.ts';
import type { MeetingId, TaskId } from '../../../../domain/ids.ts';
import { addWeeks } from '../../../../domain/iso-week.ts';
import { handleRestore } from '../../../../server/commands/document/restore.ts';
import { handleCloseMeeting } from '../../../../server/commands/meeting/close.ts';
import { openMinutes } from '../../../../server/log/minutes.ts';
import { openPart } from '../../../../server/log/snapshot.ts';
import { WEEK_47 } from '../../../support/board.ts';
import { aCitizenCase, NOON } from '../../../support/case-builders.ts';
import { aDatabase } from '../../../support/database.ts';
import { edit } from '../../../support/full-case.ts';
import { anOpenMeeting } from '../../../support/meeting-builders.ts';
import { aStaffedBoard } from '../../../support/staffed-board.ts';
import { defaultTemplate } from '../../../../domain/programme/default-templates.ts';

const db = await aDatabase();
const board = await aStaffedBoard(db);
const { people, as, team, otherTeam, keys } = board;
const lead = as(people.lead, [team.id]);

/** A case of the team with one task of each fate and a decision of the week. */
async function aDiscussedCase() {
	const row = await aCitizenCase(db.orm, { team, keys, name: 'Amina Holm', templateContent: defaultTemplate('parallel') });
	await lead.log.ensureDocuments(db.orm, row.id);
	const tasks = { done: newId<TaskId>(), carried: newId<TaskId>(), dropped: newId<TaskId>(), overdue: newId<TaskId>() };
	await edit(lead.log, { caseId: row.id, compartment: { kind: 'team' }, by: people.teacher.id }, (doc, by) => {
		replaceText(doc, goalTextName('team'), 'Løntimer i gartneri', by.origin);
		addDecision(doc, by, { week: WEEK_47, text: 'Psykologen deltager i opstarten', owner: people.teacher.id });
		addTask(doc, by, { id: tasks.done, text: 'Aftale pauser' });
		addTask(doc, by, { id: tasks.carried, text: 'Køre ruten', dueOn: '2026-12-24' });
		addTask(doc, by, { id: tasks.dropped, text: 'Bestille ergoterapeut' });
		addTask(doc, by, { id: tasks.overdue, text: 'Få svar', dueOn: '2026-11-20' });
		finishTask(doc, by, tasks.done);
		dropTask(doc, by, tasks.dropped, 'Løbjerg har egen');
	});
	const documentId = (await lead.log.open({ caseId: row.id, compartment: { kind: 'team' }, epoch: 1 }))!.documentId;
	return { ...row, tasks, documentId };
}

type Discussed = Awaited<ReturnType<typeof aDiscussedCase>>;

async function aMeetingOn(cases: readonly Discussed[], { answered = true } = {}): Promise<MeetingId> {
	await db.pool.query("update meeting set phase = 'closed', closed_at = now() where phase <> 'closed'");
	return anOpenMeeting(db.orm, {
		team,
		chairId: people.lead.id,
		attended: [people.lead.id, people.teacher.id],
		items: cases.map(({ id: caseId }) => ({ caseId, state: 'done' })),
		tasks: cases.flatMap(({ id: caseId, documentId, tasks }) =>
			Object.entries(tasks).map(([fate, taskId]) => ({
				...{ caseId, documentId, taskId },
				...(fate === 'overdue' && answered ? { carriedBy: people.teacher.id } : {}),
			})),
		),
	});
}

test('closes a meeting: every discussed case has a snapshot and minutes that balance', async () => {
	const discussed = await aDiscussedCase();
	const meetingId = await aMeetingOn([discussed]);
	board.announced.length = 0;
	const figures = { closedAt: NOON, revision: 2, recorded: 1, open: 4, done: 1, carried: 2, dropped: 1 };
	expect(await handleCloseMeeting(lead, meetingId)).toEqual({ ok: true, value: figures });
	expect(board.announced).toEqual([{ kind: 'meeting', meetingId, teamId: team.id, revision: 2 }]);

	const [snapshot] = await snapshotsOf(db.orm, discussed.id);
	const key = await keys.open(db.orm, discussed.dataKeyId);
	const parts = await partsOf(db.orm, [snapshot!.id]);
	expect(parts.map(({ compartment }) => compartment).toSorted()).toEqual(['clinical', 'justice', 'team']);
	for (const part of parts) expect(openPart(key, part).isUnchanged).toBe(true);

	const minutes = openMinutes(key, (await findMinutes(db.orm, meetingId, discussed.id))!);
	expect(minutes).toMatchObject({
		citizenName: 'Amina Holm',
		goal: { team: 'Løntimer i gartneri' },
		decisions: [{ text: 'Psykologen deltager i opstarten', owners: [people.teacher.id], by: people.teacher.id }],
		equation: { open: 4, done: 1, carried: 2, dropped: [{ text: 'Bestille ergoterapeut', reason: 'Løbjerg har egen' }] },
		attendance: [{ personId: people.lead.id }, { personId: people.teacher.id }],
		writers: [people.teacher.id],
		snapshotHash: snapshot!.hash.toString('hex'),
	});
	expect(minutes.tasks.map(({ text }) => text).toSorted()).toEqual(['Få svar', 'Køre ruten']);
	expect(minutes.people[people.teacher.id]).toEqual({ name: people.teacher.name, profession: 'teacher', organisation: null });
});

test('writes one entry in the organisation’s chain and one in each recorded case’s', async () => {
	const cases = [await aDiscussedCase(), await aDiscussedCase()];
	const meetingId = await aMeetingOn(cases);
	const before = await countAuditEntries(db.orm);
	await handleCloseMeeting(lead, meetingId);
	expect(await countAuditEntries(db.orm)).toBe(before + 3);
	for (const chainId of [board.municipality.id, cases[0]!.id, cases[1]!.id]) {
		const [newest] = await auditEntriesOf(db.orm, chainId, 1);
		expect(newest).toMatchObject({ action: 'meeting.close', personId: people.lead.id, subject: { meetingId } });
		expect(await verifyChain(db.orm, chainId)).toBeUndefined();
	}
});

test('tells how far it has come, up to the end', async () => {
	const cases = [await aDiscussedCase(), await aDiscussedCase()];
	const steps: (readonly [number, number])[] = [];
	await handleCloseMeeting(lead, await aMeetingOn(cases), (done, of) => void steps.push([done, of]));
	expect(steps).toEqual(steps.toSorted(([left], [right]) => left - right));
	expect(steps.at(-1)).toEqual([4, 4]);
});

test('a meeting can be closed though the lead took the plan back to before its tasks were made', async () => {
	const discussed = await aDiscussedCase();
	const meetingId = await aMeetingOn([discussed], { answered: false });
	expect(await handleRestore(lead, discussed.id, { seq: 1 })).toEqual({ ok: true, value: null });
	expect(await handleCloseMeeting(lead, meetingId)).toMatchObject({ ok: true, value: { recorded: 1, open: 0 } });
});

test('a case that was erased meanwhile is not locked, and the meeting closes without it, also where its key is still in memory', async () => {
	const [erased, discussed] = [await aDiscussedCase(), await aDiscussedCase()];
	const meetingId = await aMeetingOn([erased, discussed], { answered: true });
	await keys.open(db.orm, erased.dataKeyId);
	await transaction(db, async (tx) => {
		await eraseCase(tx, erased.id, NOON);
		await destroyDataKey(tx, erased.dataKeyId, NOON);
	});
	const locked = await transaction(db, (tx) => lockSharedDocuments(tx, [erased.id, discussed.id]));
	expect(locked.map(({ id }) => id)).toEqual([discussed.documentId]);
	expect(await handleCloseMeeting(lead, meetingId)).toMatchObject({ ok: true, value: { recorded: 1, open: 4 } });
	expect(await snapshotsOf(db.orm, erased.id)).toEqual([]);
});

test('refuses while an overdue task is unanswered, naming it, and stores nothing', async () => {
	const discussed = await aDiscussedCase();
	const meetingId = await aMeetingOn([discussed], { answered: false });
	await board.expectNoEntry(async () => {
		expect(await handleCloseMeeting(lead, meetingId)).toEqual({
			ok: false,
			error: { code: 'tasks-unaccounted', taskIds: [discussed.tasks.overdue] },
		});
	});
	expect(await snapshotsOf(db.orm, discussed.id)).toEqual([]);
});

test('closes once when two ask at once', async () => {
	const discussed = await aDiscussedCase();
	const meetingId = await aMeetingOn([discussed]);
	const answers = await Promise.all([handleCloseMeeting(lead, meetingId), handleCloseMeeting(lead, meetingId)]);
	expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
	expect(answers.find(({ ok }) => !ok)).toEqual({ ok: false, error: { code: 'meeting-not-open' } });
	expect(await snapshotsOf(db.orm, discussed.id)).toHaveLength(1);
});

test('a failure in the middle stores nothing and leaves the meeting open', async () => {
	const cases = [await aDiscussedCase(), await aDiscussedCase()];
	const meetingId = await aMeetingOn(cases);
	await db.pool.query(
		`create function refuse_second() returns trigger language plpgsql as $$ begin
			if (select count(*) from snapshot where meeting_id = new.meeting_id) > 1 then raise 'disk full'; end if;
			return new; end $$`,
	);
	await db.pool.query(
		'create trigger refuse_second before insert on snapshot_part for each row execute function refuse_second()',
	);
	await board.expectNoEntry(() => expect(handleCloseMeeting(lead, meetingId)).rejects.toThrow());
	await db.pool.query('drop trigger refuse_second on snapshot_part');
	for (const { id } of cases) expect(await snapshotsOf(db.orm, id)).toEqual([]);
	expect(await handleCloseMeeting(lead, meetingId)).toMatchObject({ ok: true, value: { recorded: 2 } });
});

test('a key that does not open stores nothing and leaves the meeting open', async () => {
	const discussed = await aDiscussedCase();
	const meetingId = await aMeetingOn([discussed]);
	const otherKeys = {
		...keys,
		openAll: async (_: unknown, ids: readonly never[]) => new Map(ids.map((id) => [id, Buffer.alloc(32)])),
	};
	await expect(handleCloseMeeting({ ...lead, keys: otherKeys as never }, meetingId)).rejects.toThrow();
	expect(await handleCloseMeeting(lead, meetingId)).toMatchObject({ ok: true });
});

test('what is written after the closing, in that meeting’s week, stands in the next minutes and only there', async () => {
	const discussed = await aDiscussedCase();
	const key = await keys.open(db.orm, discussed.dataKeyId);
	const write = (how: Parameters<typeof edit>[2]) =>
		edit(lead.log, { caseId: discussed.id, compartment: { kind: 'team' }, by: people.teacher.id }, how);
	const said = async (meetingId: MeetingId) => openMinutes(key, (await findMinutes(db.orm, meetingId, discussed.id))!);
	await write((doc, by) => {
		replaceText(doc, agreedTextName(WEEK_47, 'biggest-obstacle'), 'Bussen kører for sent', by.origin);
		replaceText(doc, agreedTextName(WEEK_47, 'own-wish'), 'Et fast hold', by.origin);
	});
	const first = await aMeetingOn([discussed]);
	await handleCloseMeeting(lead, first);
	const before = await said(first);
	expect(before.agreed).toEqual({ 'own-wish': 'Et fast hold', 'biggest-obstacle': 'Bussen kører for sent' });

	await write((doc, by) => {
		addDecision(doc, by, { week: WEEK_47, text: 'Mentor følger med første dag' });
		replaceText(doc, agreedTextName(WEEK_47, 'biggest-obstacle'), 'Bussen kører for sent, cykel er lånt', by.origin);
		replaceText(doc, agreedTextName(WEEK_47, 'job-step'), 'Ringe til gartneriet', by.origin);
		replaceText(doc, agreedTextName(addWeeks(WEEK_47, 1), 'job-step'), 'Besøge gartneriet', by.origin);
	});
	const nextMonday = new Date(NOON.getTime() + 7 * 24 * 3_600_000);
	const next = await aMeetingOn([discussed]);
	const closed = await handleCloseMeeting({ ...lead, now: () => nextMonday }, next);
	expect(closed).toMatchObject({ ok: true });
	const after = await said(next);
	expect(after.decisions.map(({ text }) => text)).toEqual(['Mentor følger med første dag']);
	expect(after.agreed).toEqual({
		'biggest-obstacle': 'Bussen kører for sent, cykel er lånt',
		'job-step': 'Ringe til gartneriet\nBesøge gartneriet',
	});
	expect(await said(first)).toEqual(before);
});

test('refuses a meeting that talked of nobody', async () => {
	const { id: caseId } = await aDiscussedCase();
	await aMeetingOn([]);
	await db.pool.query("update meeting set phase = 'closed', closed_at = now() where phase <> 'closed'");
	const meetingId = await anOpenMeeting(db.orm, { team, chairId: people.lead.id, items: [{ caseId, state: 'waiting' }] });
	expect(await handleCloseMeeting(lead, meetingId)).toEqual({ ok: false, error: { code: 'nothing-discussed' } });
});

test('refuses a member who does not lead', async () => {
	const meetingId = await aMeetingOn([await aDiscussedCase()]);
	await db.pool.query('insert into team_member (team_id, person_id, is_lead, from_day) values ($1, $2, false, $3)', [
		team.id,
		people.teacher.id,
		'2020-01-01',
	]);
	await board.expectNoEntry(async () => {
		expect(await handleCloseMeeting(as(people.teacher), meetingId)).toEqual({ ok: false, error: { code: 'forbidden' } });
	});
});

test('hides another team’s meeting and one that is not there', async () => {
	const meetingId = await aMeetingOn([await aDiscussedCase()]);
	for (const context of [as(people.otherLead, [otherTeam.id]), as(people.stranger), as(people.admin)]) {
		expect(await handleCloseMeeting(context, meetingId)).toEqual({ ok: false, error: { code: 'not-found' } });
	}
	expect(await handleCloseMeeting(lead, newId<MeetingId>())).toEqual({ ok: false, error: { code: 'not-found' } });
});
