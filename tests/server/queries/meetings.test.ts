import { beforeAll, expect, test } from 'vitest';
import { newId } from '../../../board/new-id.ts';
import { auditEntriesOf } from '../../../db/repo/audit.ts';
import { insertTeamMember } from '../../../db/repo/team.ts';
import type { MeetingId } from '../../../domain/ids.ts';
import type { CaseBoard } from '../../../server/queries/case/case-board.ts';
import { meetingListSchema, meetingViewSchema, type MeetingView } from '../../../server/queries/meeting/meeting-view.ts';
import { aCitizenCase } from '../../support/case-builders.ts';
import { aDatabase } from '../../support/database.ts';
import { aFullCase, CITIZEN, foundIn, type FullCase, type Who } from '../../support/full-case.ts';

const db = await aDatabase();
let full: FullCase;
let meetingId: MeetingId;

beforeAll(async () => {
	full = await aFullCase(db);
	for (const who of ['teacher', 'stranger', 'mentorA'] as const) {
		const { id: personId } = full.people[who];
		await insertTeamMember(db.orm, { teamId: full.team.id, personId, isLead: false, fromDay: '2020-01-01', untilDay: null });
	}
	await aCitizenCase(db.orm, { team: full.team, keys: full.keys, name: 'Agnes Uden Ord' });
	const before = meetingListSchema.parse(await (await full.request('lead', '/meetings')).json());
	const team = { id: full.team.id, name: full.team.name };
	expect(before).toEqual({ running: [], startable: [{ team, week: '2026-W47', heldId: null }] });
	const planned = await full.request('lead', '/meetings', { teamId: full.team.id });
	({ meetingId } = (await planned.json()) as { meetingId: MeetingId });
	await full.request('lead', `/meetings/${meetingId}/open`, {});
	await full.request('lead', `/meetings/${meetingId}/move`, { caseId: full.case.id });
});

const view = async (who: Who): Promise<MeetingView> =>
	meetingViewSchema.parse(await (await full.request(who, `/meetings/${meetingId}`)).json());
const listOf = async (who: Who) => meetingListSchema.parse(await (await full.request(who, '/meetings')).json());
const newestRead = async () => (await auditEntriesOf(db.orm, full.case.id, 1))[0];

test('a lead sees the whole agenda, who came and who did not', async () => {
	const meeting = await view('lead');
	expect(meeting).toMatchObject({
		id: meetingId,
		revision: 3,
		phase: 'open',
		week: '2026-W47',
		chairId: full.people.lead.id,
		isCurtainDown: true,
		may: { lead: true, chair: true },
		meId: full.people.lead.id,
		wallScreens: 0,
	});
	expect(meeting.items.map(({ citizenName, state }) => [citizenName, state])).toEqual([
		[CITIZEN, 'current'],
		['Agnes Uden Ord', 'waiting'],
	]);
	expect(meeting.attendance.map(({ person, isPresent, firstSeenAt }) => [person.id, isPresent, firstSeenAt !== null])).toEqual(
		expect.arrayContaining([
			[full.people.lead.id, true, true],
			[full.people.teacher.id, false, false],
		]),
	);
	expect(meeting.attendance).toHaveLength(4);
});

test('signals say what waits on the team: something was told, or nobody has said anything', async () => {
	const { items } = await view('lead');
	expect(items.map(({ isNews, isSilent, lastDiscussed }) => [isNews, isSilent, lastDiscussed])).toEqual([
		[true, false, null],
		[false, true, null],
	]);
});

test('a citizen whose plan a member may not read is a place without a name', async () => {
	for (const who of ['stranger', 'mentorA'] as const) {
		const body = await (await full.request(who, `/meetings/${meetingId}`)).text();
		expect(foundIn(body)).toEqual([]);
		expect(body).not.toContain(CITIZEN);
		expect(body).not.toContain(full.case.id);
		const { items, may } = meetingViewSchema.parse(JSON.parse(body));
		expect(items[0]).toMatchObject({ position: 1, caseId: null, citizenName: null, isNews: false, isSilent: false });
		expect(may).toEqual({ lead: false, chair: false });
	}
	expect((await view('teacher')).items.map(({ citizenName }) => citizenName)).toEqual([CITIZEN, null]);
});

test('another team’s people are told that there is no such meeting', async () => {
	for (const who of ['otherLead', 'caseWorker', 'admin'] as const) {
		expect((await full.request(who, `/meetings/${meetingId}`)).status).toBe(404);
		expect((await full.request(who, `/meetings/${meetingId}/cases/${full.case.id}/board`)).status).toBe(404);
		expect((await listOf(who)).running).toEqual([]);
	}
	expect((await full.request('lead', `/meetings/${newId<MeetingId>()}`)).status).toBe(404);
});

test('from elsewhere a member sees that the meeting is on, and where, if they may know', async () => {
	const brief = { id: meetingId, phase: 'open', position: 1, count: 2 };
	expect((await listOf('teacher')).running).toMatchObject([
		{ ...brief, current: { caseId: full.case.id, citizenName: CITIZEN }, mayLead: false },
	]);
	expect((await listOf('stranger')).running).toMatchObject([{ ...brief, current: null }]);
	expect((await listOf('lead')).startable).toEqual([]);
	expect((await listOf('otherLead')).startable).toMatchObject([{ team: { id: full.otherTeam.id } }]);
});

test('naming a citizen is a read: once for each session, however often its pages ask', async () => {
	const cookie = await full.signIn('teacher');
	const get = () => full.api.request(`http://tavle.test/api/v1/meetings/${meetingId}`, { headers: { cookie } });
	const before = await full.entries();
	await get();
	expect(await full.entries()).toBe(before + 1);
	expect(await newestRead()).toMatchObject({
		action: 'case.read',
		purpose: 'meeting',
		personId: full.people.teacher.id,
		compartments: ['name'],
	});
	await get();
	await full.api.request('http://tavle.test/api/v1/meetings', { headers: { cookie } });
	expect(await full.entries()).toBe(before + 1);
});

test('a board opened in the meeting is read for the meeting, once, with what it shows', async () => {
	const path = `/meetings/${meetingId}/cases/${full.case.id}/board`;
	await view('teacher');
	const before = await full.entries();
	const board = (await (await full.request('teacher', path)).json()) as CaseBoard;
	expect(board.case.citizenName).toBe(CITIZEN);
	expect(await full.entries()).toBe(before + 1);
	expect(await newestRead()).toMatchObject({ purpose: 'meeting', compartments: expect.arrayContaining(['team']) });
	await full.request('teacher', path);
	await view('teacher');
	expect(await full.entries()).toBe(before + 1);
});

test('what a board in the meeting fetches afterwards is covered by its row: one read has one purpose', async () => {
	const headers = { cookie: await full.signIn('teacher') };
	const get = (path: string) => full.api.request(`http://tavle.test/api/v1${path}`, { headers });
	await get(`/meetings/${meetingId}/cases/${full.case.id}/board`);
	const before = await full.entries();
	for (const path of ['observations', 'ratings', 'readers?compartment=team']) await get(`/cases/${full.case.id}/${path}`);
	expect(await full.entries()).toBe(before);
});

test('boards opened in the meeting at once are a row for each session, however often it asks', async () => {
	const url = `http://tavle.test/api/v1/meetings/${meetingId}/cases/${full.case.id}/board`;
	const [teacher, lead, stranger] = [await full.signIn('teacher'), await full.signIn('lead'), await full.signIn('stranger')];
	const before = await full.entries();
	const askers = [teacher, lead, stranger, teacher];
	const answers = await Promise.all(askers.map(async (cookie) => full.api.request(url, { headers: { cookie } })));
	expect(answers.map(({ status }) => status)).toEqual([200, 200, 404, 200]);
	expect(await full.entries()).toBe(before + 2);
});

test('a board is opened in a meeting only by who reads its plan', async () => {
	for (const who of ['stranger', 'mentorA'] as const) {
		expect((await full.request(who, `/meetings/${meetingId}/cases/${full.case.id}/board`)).status).toBe(404);
	}
	expect((await full.request('lead', `/meetings/${meetingId}/cases/${full.otherCase.id}/board`)).status).toBe(404);
});

test('of a week whose meeting was held the lead is told which it was', async () => {
	expect((await full.request('lead', `/meetings/${meetingId}/close`, {})).status).toBe(200);
	expect((await listOf('lead')).startable).toMatchObject([{ team: { id: full.team.id }, heldId: meetingId }]);
	expect((await listOf('otherLead')).startable).toMatchObject([{ heldId: null }]);
});
