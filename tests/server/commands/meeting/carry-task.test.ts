import { expect, test } from 'vitest';
import { addDraft } from '../../../../board/edit/draft.ts';
import { addTask } from '../../../../board/edit/task.ts';
import { newId } from '../../../../board/new-id.ts';
import { countAuditEntries } from '../../../../db/repo/audit.ts';
import { stampedTasks } from '../../../../db/repo/meeting-task.ts';
import type { MeetingId, TaskId } from '../../../../domain/ids.ts';
import { handleCarryTask } from '../../../../server/commands/meeting/carry-task.ts';
import { readReconciliation } from '../../../../server/queries/meeting/reconciliation.ts';
import { aDatabase } from '../../../support/database.ts';
import { edit } from '../../../support/full-case.ts';
import { anOpenMeeting } from '../../../support/meeting-builders.ts';
import { aStaffedBoard } from '../../../support/staffed-board.ts';

const db = await aDatabase();
const board = await aStaffedBoard(db);
const { people, as, team, otherTeam, case: theCase } = board;
const lead = as(people.lead, [team.id]);
await lead.log.ensureDocuments(db.orm, theCase.id);
const taskId = newId<TaskId>();
await edit(lead.log, { caseId: theCase.id, compartment: { kind: 'team' }, by: people.teacher.id }, (doc, by) => {
	addTask(doc, by, { id: taskId, text: 'Få svar', dueOn: '2026-11-20' });
});
const { documentId } = (await lead.log.open({ caseId: theCase.id, compartment: { kind: 'team' }, epoch: 1 }))!;
await db.pool.query(
	'insert into team_member (team_id, person_id, is_lead, from_day) values ($1, $2, false, $3), ($1, $4, false, $3)',
	[team.id, people.teacher.id, '2020-01-01', people.stranger.id],
);
const meetingId = await anOpenMeeting(db.orm, {
	team,
	chairId: people.lead.id,
	items: [{ caseId: theCase.id, state: 'current' }],
	tasks: [{ caseId: theCase.id, documentId, taskId }],
});
const task = { documentId, taskId };

test('hides the meeting from another team, and a task from a member without access to its case', async () => {
	for (const context of [as(people.otherLead, [otherTeam.id]), as(people.admin), as(people.stranger)]) {
		await board.expectNoEntry(async () => {
			expect(await handleCarryTask(context, meetingId, task)).toEqual({ ok: false, error: { code: 'not-found' } });
		});
	}
	expect(await handleCarryTask(lead, newId<MeetingId>(), task)).toEqual({ ok: false, error: { code: 'not-found' } });
	expect(await readReconciliation(as(people.otherLead, [otherTeam.id]), meetingId)).toEqual({
		ok: false,
		error: { code: 'not-found' },
	});
});

test('asks for an answer, and only who reads the plan sees what for', async () => {
	expect(await readReconciliation(as(people.teacher), meetingId)).toMatchObject({
		ok: true,
		value: { open: 1, carried: 0, hidden: 0, unanswered: [{ citizenName: 'Agnes Thomsen', text: 'Få svar', taskId }] },
	});
	expect(await readReconciliation(as(people.stranger), meetingId)).toMatchObject({
		ok: true,
		value: { open: 1, hidden: 1, unanswered: [] },
	});
});

test('only who may close the meeting is told how many drafts wait to be shared', async () => {
	const drafts = { kind: 'private', personId: people.teacher.id } as const;
	await edit(lead.log, { caseId: theCase.id, compartment: drafts, by: people.teacher.id }, (doc, by) => {
		addDraft(doc, by, { kind: 'fact', track: null, compartment: 'team', text: 'endnu ikke delt' });
	});
	await db.pool.query('insert into meeting_attendance values ($1, $2, now(), now()) on conflict do nothing', [
		meetingId,
		people.teacher.id,
	]);
	expect(await readReconciliation(lead, meetingId)).toMatchObject({
		ok: true,
		value: { drafts: [{ person: { id: people.teacher.id }, count: 1 }] },
	});
	for (const context of [as(people.teacher), as(people.stranger)]) {
		expect(await readReconciliation(context, meetingId)).toMatchObject({ ok: true, value: { drafts: [] } });
	}
});

test('looking at what closing would do is one read of each citizen, however often it is asked', async () => {
	const before = await countAuditEntries(db.orm);
	const again = { ...lead, signedIn: { ...lead.signedIn, sessionId: 'asks twice' } };
	await readReconciliation(again, meetingId);
	await readReconciliation(again, meetingId);
	expect(await countAuditEntries(db.orm)).toBe(before + 1);
});

test('carries an overdue task on, in the name of who said so, with one entry', async () => {
	await board.expectOneEntry(
		() => theCase.id,
		people.teacher.id,
		async () => {
			expect(await handleCarryTask(as(people.teacher), meetingId, task)).toEqual({ ok: true, value: { revision: 2 } });
		},
		{ action: 'meeting.answer-task', subject: { meetingId, caseId: theCase.id, taskId } },
	);
	expect(await stampedTasks(db.orm, meetingId, [theCase.id])).toMatchObject([{ taskId, carriedBy: people.teacher.id }]);
	expect(await readReconciliation(lead, meetingId)).toMatchObject({ ok: true, value: { open: 1, carried: 1, unanswered: [] } });
});

test('a task the meeting did not begin with is not found', async () => {
	const unknown = { documentId, taskId: newId<TaskId>() };
	expect(await handleCarryTask(lead, meetingId, unknown)).toEqual({ ok: false, error: { code: 'not-found' } });
});

test('refuses once the meeting is not open', async () => {
	await db.pool.query("update meeting set phase = 'parked', parked_at = now() where id = $1", [meetingId]);
	expect(await handleCarryTask(lead, meetingId, task)).toEqual({ ok: false, error: { code: 'meeting-not-open' } });
});
