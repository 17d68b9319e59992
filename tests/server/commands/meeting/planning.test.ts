import { expect, test } from 'vitest';
import { newId } from '../../../../board/new-id.ts';
import { addTask, finishTask } from '../../../../board/edit/task.ts';
import { readTasks } from '../../../../board/read.ts';
import { closeCase } from '../../../../db/repo/case.ts';
import type { CaseId, MeetingId, TeamId } from '../../../../domain/ids.ts';
import { ITEM_BUDGET_MS } from '../../../../domain/meeting/plan.ts';
import { handleAskForChair } from '../../../../server/commands/meeting/ask-for-chair.ts';
import { handleChangeAgenda } from '../../../../server/commands/meeting/change-agenda.ts';
import { handleMoveMeeting } from '../../../../server/commands/meeting/move.ts';
import { handleOpenMeeting } from '../../../../server/commands/meeting/open.ts';
import { handleParkMeeting } from '../../../../server/commands/meeting/park.ts';
import { parkForgottenMeetings } from '../../../../server/commands/meeting/park-forgotten.ts';
import { handlePlanMeeting } from '../../../../server/commands/meeting/plan.ts';
import { aCitizenCase, NOON } from '../../../support/case-builders.ts';
import { aDatabase } from '../../../support/database.ts';
import { edit } from '../../../support/full-case.ts';
import { aTeamMeeting } from '../../../support/a-team-meeting.ts';

const db = await aDatabase();
const board = await aTeamMeeting(db);
const { people, as, keys } = board;
const refused = (code: string) => ({ ok: false, error: { code } });
const stamped = async (meetingId: MeetingId) =>
	(await db.pool.query<{ case_id: CaseId }>('select case_id from meeting_task where meeting_id = $1', [meetingId])).rows.map(
		(row) => row.case_id,
	);

test('this week’s meeting is planned with every open case of the team, written down once', async () => {
	const { id: caseId } = await aCitizenCase(db.orm, { team: board.team, keys });
	const { id: closed } = await aCitizenCase(db.orm, { team: board.team, keys });
	await closeCase(db.orm, closed, NOON);
	const lead = as(people.lead, [board.team.id]);
	let meetingId!: MeetingId;
	await board.expectOneEntry(
		() => board.municipality.id,
		people.lead.id,
		async () => {
			const planned = await handlePlanMeeting(lead, { teamId: board.team.id });
			if (!planned.ok) throw new Error(planned.error.code);
			meetingId = planned.value.meetingId;
		},
		{ action: 'meeting.plan' },
	);
	const { meeting, revision } = await board.meetingNow(meetingId);
	expect({ ...meeting, revision }).toEqual({
		id: meetingId,
		teamId: board.team.id,
		week: '2026-W47',
		phase: 'planned',
		revision: 1,
		items: [board.case.id, caseId].map((id) => ({ caseId: id, state: 'waiting', budgetMs: ITEM_BUDGET_MS, spentMs: 0 })),
	});
	expect(await handlePlanMeeting(lead, { teamId: board.team.id })).toEqual({
		ok: false,
		error: { code: 'meeting-exists', meetingId },
	});
});

test('the agenda takes those where something waits on the team before those it stands still with', async () => {
	const { asLead, lead, team, meetingId, amina, emre } = await board.anOpenTeamMeeting();
	for (const caseId of [amina, emre]) {
		await board.aTask(caseId, lead, 'Ring til lægen');
	}
	await db.pool.query("update meeting_item set state = 'done', since = null where meeting_id = $1", [meetingId]);
	await db.pool.query("update meeting set phase = 'closed', closed_at = $2 where id = $1", [meetingId, NOON]);
	await edit(board.log, { caseId: amina, compartment: { kind: 'team' }, by: lead.id, at: NOON }, (doc, by) => {
		addTask(doc, by, { text: 'Sagt ja til praktik', dueOn: '2026-11-20' });
	});
	const planned = await handlePlanMeeting(asLead, { teamId: team.id, extra: true });
	const { meeting } = await board.meetingNow(planned.ok ? planned.value.meetingId : meetingId);
	expect(meeting.items.map(({ caseId }) => caseId)).toEqual([amina, emre]); // in rotation it would be Emre's turn
});

test('a week whose meeting was held has another one only when that is wanted', async () => {
	const { asLead, team, meetingId } = await board.anOpenTeamMeeting();
	await db.pool.query("update meeting_item set state = 'done', since = null where meeting_id = $1", [meetingId]);
	await db.pool.query("update meeting set phase = 'closed', closed_at = $2 where id = $1", [meetingId, NOON]);
	await board.expectNoEntry(async () => {
		const held = { ok: false, error: { code: 'meeting-held', meetingId } };
		expect(await handlePlanMeeting(asLead, { teamId: team.id })).toEqual(held);
		expect(await handlePlanMeeting(asLead, { teamId: team.id, extra: false })).toEqual(held);
	});
	expect(await handlePlanMeeting(asLead, { teamId: team.id, extra: true })).toMatchObject({ ok: true });
});

test('two who plan at once have one meeting', async () => {
	const lead = as(people.otherLead, [board.otherTeam.id]);
	const answers = await Promise.all([1, 2].map(() => handlePlanMeeting(lead, { teamId: board.otherTeam.id })));
	expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
	expect(answers.find(({ ok }) => !ok)).toMatchObject({ error: { code: 'meeting-exists', meetingId: expect.any(String) } });
});

test('planning is the lead’s, and hides another team', async () => {
	const { team, asTeacher, asLead } = await board.aMeetingTeam();
	await board.expectNoEntry(async () => {
		expect(await handlePlanMeeting(asTeacher, { teamId: team.id })).toEqual(refused('forbidden'));
		expect(await handlePlanMeeting(as(people.stranger), { teamId: team.id })).toEqual(refused('not-found'));
		expect(await handlePlanMeeting(asLead, { teamId: newId<TeamId>() })).toEqual(refused('not-found'));
	});
});

test('opening stamps the tasks that are open, seats the opener, and is written down once', async () => {
	const { lead, asLead, meetingId, amina, emre } = await board.aMeetingTeam();
	await board.aTask(amina, lead, 'Ring til lægen');
	await board.aTask(emre, lead, 'Aftal praktik');
	await edit(board.log, { caseId: amina, compartment: { kind: 'team' }, by: lead.id }, (doc, by) => {
		for (const { id } of readTasks(doc)) finishTask(doc, by, id);
	});
	await board.expectOneEntry(
		() => board.municipality.id,
		lead.id,
		async () => void (await handleOpenMeeting(asLead, meetingId)),
		{ action: 'meeting.open', subject: { meetingId } },
	);
	expect(await stamped(meetingId)).toEqual([emre]);
	expect((await board.meetingNow(meetingId)).meeting).toMatchObject({ phase: 'open', chairId: lead.id, openedAt: NOON });
	const { rows } = await db.pool.query('select person_id from meeting_attendance where meeting_id = $1', [meetingId]);
	expect(rows).toEqual([{ person_id: lead.id }]);
});

test('a parked meeting goes on with the tasks it began with', async () => {
	const { lead, asLead, meetingId, amina } = await board.anOpenTeamMeeting();
	await handleParkMeeting(asLead, meetingId);
	await board.aTask(amina, lead, 'Aftalt mens mødet lå stille');
	expect(await handleOpenMeeting(asLead, meetingId)).toMatchObject({ ok: true });
	expect(await stamped(meetingId)).toEqual([]);
	expect(await handleOpenMeeting(asLead, meetingId)).toEqual(refused('meeting-not-planned'));
});

test('opening is the lead’s, and hides another team’s meeting', async () => {
	const { asTeacher, meetingId } = await board.aMeetingTeam();
	await board.expectNoEntry(async () => {
		expect(await handleOpenMeeting(asTeacher, meetingId)).toEqual(refused('forbidden'));
		expect(await handleOpenMeeting(as(people.otherLead, [board.otherTeam.id]), meetingId)).toEqual(refused('not-found'));
	});
});

test('who comes on the agenda of an open meeting brings their open tasks, who goes off takes them along', async () => {
	const { team, lead, asLead, meetingId, amina, emre } = await board.anOpenTeamMeeting();
	const { id: newcomer } = await aCitizenCase(db.orm, { team, keys });
	await board.log.ensureDocuments(db.orm, newcomer);
	await board.aTask(newcomer, lead, 'Første møde');
	await board.expectOneEntry(
		() => board.municipality.id,
		lead.id,
		async () => {
			expect(await handleChangeAgenda(asLead, meetingId, { revision: 2, caseIds: [newcomer, emre] })).toMatchObject({ ok: true });
		},
		{ action: 'meeting.change-agenda', subject: { meetingId } },
	);
	expect((await board.meetingNow(meetingId)).meeting.items.map(({ caseId }) => caseId)).toEqual([newcomer, emre]);
	expect(await stamped(meetingId)).toEqual([newcomer]);
	await handleChangeAgenda(asLead, meetingId, { revision: 3, caseIds: [amina] });
	expect(await stamped(meetingId)).toEqual([]);
});

test('an agenda that was looked at before somebody else changed it is refused', async () => {
	const { asLead, meetingId, amina, emre } = await board.anOpenTeamMeeting();
	await handleMoveMeeting(asLead, meetingId, { caseId: amina });
	expect(await handleChangeAgenda(asLead, meetingId, { revision: 2, caseIds: [emre] })).toEqual(refused('meeting-changed'));
	expect(await handleChangeAgenda(asLead, meetingId, { revision: 3, caseIds: [amina] })).toEqual(refused('item-not-waiting'));
	expect(await handleChangeAgenda(asLead, meetingId, { revision: 3, caseIds: [board.case.id] })).toEqual(refused('not-of-team'));
});

test('a chair who cannot read a citizen’s plan cannot take them off the agenda either', async () => {
	const { asLead, asTeacher, meetingId, amina, emre } = await board.anOpenTeamMeeting();
	expect(await handleChangeAgenda(asTeacher, meetingId, { revision: 2, caseIds: [] })).toEqual(refused('forbidden'));
	await db.pool.query('update meeting set chair_id = $1 where id = $2', [people.teacher.id, meetingId]);
	expect(await handleChangeAgenda(asTeacher, meetingId, { revision: 2, caseIds: [amina] })).toMatchObject({ ok: true });
	expect((await board.meetingNow(meetingId)).meeting.items.map(({ caseId }) => caseId)).toEqual([amina, emre]);
	expect(await handleChangeAgenda(as(people.stranger), meetingId, { revision: 3, caseIds: [] })).toEqual(refused('not-found'));
	expect(asLead.signedIn.actor.leads).toHaveLength(1);
});

test('the chair is asked for by any member, and is theirs at once when the chair is away', async () => {
	const { lead, asTeacher, meetingId } = await board.anOpenTeamMeeting();
	await board.expectOneEntry(
		() => board.municipality.id,
		people.teacher.id,
		async () => {
			expect(await handleAskForChair(asTeacher, meetingId)).toMatchObject({ ok: true, value: { chairId: lead.id } });
		},
		{ action: 'meeting.ask-for-chair', subject: { meetingId } },
	);
	expect(await handleAskForChair(as(people.caseWorker), meetingId)).toEqual(refused('chair-asked'));
	await db.pool.query("update meeting_attendance set last_seen_at = last_seen_at - interval '31 seconds'");
	expect(await handleAskForChair(as(people.caseWorker), meetingId)).toMatchObject({
		ok: true,
		value: { chairId: people.caseWorker.id },
	});
	expect(await handleAskForChair(as(people.stranger), meetingId)).toEqual(refused('not-found'));
});

test('who asked a chair whose browser just died asks again half a minute later, and has it', async () => {
	const { lead, asTeacher, meetingId } = await board.anOpenTeamMeeting();
	expect(await handleAskForChair(asTeacher, meetingId)).toMatchObject({ ok: true, value: { chairId: lead.id } });
	const later = (seconds: number) => ({ ...asTeacher, now: () => new Date(asTeacher.now().getTime() + seconds * 1_000) });
	expect(await handleAskForChair(later(29), meetingId)).toMatchObject({ ok: true, value: { chairId: lead.id } });
	expect(await handleAskForChair(later(30), meetingId)).toMatchObject({ ok: true, value: { chairId: people.teacher.id } });
	expect((await board.meetingNow(meetingId)).meeting).toMatchObject({ chairId: people.teacher.id, askedBy: null });
});

test('a meeting in which nobody was seen for half an hour is parked by the server, and written down as its own act', async () => {
	const [forgotten, busy] = [await board.anOpenTeamMeeting(), await board.anOpenTeamMeeting()];
	const at = (minutes: number) => new Date(NOON.getTime() + minutes * 60_000);
	await db.pool.query('update meeting_attendance set last_seen_at = $2 where meeting_id = $1', [busy.meetingId, at(20)]);
	const announced: unknown[] = [];
	await parkForgottenMeetings(db, at(31), (announcement) => announced.push(announcement));
	expect((await board.meetingNow(forgotten.meetingId)).meeting).toMatchObject({ phase: 'parked', parkedAt: at(31) });
	expect((await board.meetingNow(busy.meetingId)).meeting.phase).toBe('open');
	expect(announced).toContainEqual({ kind: 'meeting', meetingId: forgotten.meetingId, teamId: forgotten.team.id, revision: 3 });
	const { rows } = await db.pool.query(
		"select person_id from audit_entry where action = 'meeting.park' and subject->>'meetingId' = $1",
		[forgotten.meetingId],
	);
	expect(rows).toEqual([{ person_id: null }]);
});
