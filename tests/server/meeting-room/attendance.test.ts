/** Who sits in a meeting and what they hear of it, over real sockets. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { newId } from '../../../board/new-id.ts';
import {
	attendanceChangedSchema,
	meetingChangedSchema,
	type ClientToServer,
	type OpenCaseAnswer,
	type ServerToClient,
} from '../../../board/room-events.ts';
import { insertTeamMember } from '../../../db/repo/team.ts';
import type { MeetingId } from '../../../domain/ids.ts';
import { createLiveSessions } from '../../../server/auth/live-sessions.ts';
import { createRightsWatch, type RightsWatch } from '../../../server/auth/rights-watch.ts';
import { createAttendanceStamp } from '../../../server/commands/meeting/stamp-attendance.ts';
import { createMeetingRoom, type MeetingRoomDoor } from '../../../server/meeting-room/create-meeting-room.ts';
import { createCaseloads, createCaseReaders } from '../../../server/queries/case/case-readers.ts';
import { createMeetingPlaces } from '../../../server/queries/meeting/meeting-places.ts';
import { createWallPictures } from '../../../server/queries/wall/wall-pictures.ts';
import { aDatabase } from '../../support/database.ts';
import { aFullCase, CITIZEN, type FullCase, type Who } from '../../support/full-case.ts';

type Page = Socket<ServerToClient, ClientToServer> & { readonly heard: unknown[][] };

const db = await aDatabase();
const pages: Page[] = [];
const failures: unknown[] = [];
let full: FullCase;
let watch: RightsWatch;
let room: MeetingRoomDoor;
let http: ReturnType<typeof createServer>;
let url: string;
let meetingId: MeetingId;

/** A process of the product; its successor knows only what the database kept. */
async function startRoom(): Promise<void> {
	const { auth, now } = full;
	room = createMeetingRoom({
		authenticate: auth.authenticate,
		liveSessions: createLiveSessions(db, now),
		readers: createCaseReaders(db, now),
		caseloads: createCaseloads(db, now),
		meetings: createMeetingPlaces(db, now),
		stampAttendance: createAttendanceStamp(db, now),
		walls: createWallPictures({ db, keys: full.keys, log: full.log, now }),
		now,
		trustedOrigins: [],
		onFailure: (error) => failures.push(error),
	});
	http = createServer(room.handleRequest).on('upgrade', room.handleUpgrade);
	await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
	url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
}

async function stopRoom(): Promise<void> {
	await room.close();
	http.close();
}

beforeAll(async () => {
	full = await aFullCase(db, { ms: Date.now() });
	for (const who of ['teacher', 'psychologist', 'stranger'] as const) {
		const { id: personId } = full.people[who];
		await insertTeamMember(db.orm, { teamId: full.team.id, personId, isLead: false, fromDay: '2020-01-01', untilDay: null });
	}
	await startRoom();
	watch = createRightsWatch({ db, now: full.now });
	watch.listen({ rightsChanged: (changes) => room.rightsChanged(changes) });
	await watch.start();
	full.hearers.push((announcement) => (announcement.kind === 'rights' ? watch.nudge() : room.announce(announcement)));
	const planned = await full.request('lead', '/meetings', { teamId: full.team.id });
	({ meetingId } = (await planned.json()) as { meetingId: MeetingId });
	await full.request('lead', `/meetings/${meetingId}/open`, {});
});
afterEach(() => {
	for (const page of pages.splice(0)) page.disconnect();
	expect(failures.splice(0)).toEqual([]);
});
afterAll(async () => {
	await watch.stop();
	await stopRoom();
});

async function connected(who: Who, cookie?: string): Promise<Page> {
	const extraHeaders = { cookie: cookie ?? (await full.cookieOf(who)) };
	const socket = io(url, { transports: ['websocket'], forceNew: true, reconnection: false, extraHeaders });
	const page = Object.assign(socket, { heard: [] as unknown[][] }) as Page;
	page.onAny((...event: unknown[]) => page.heard.push(event));
	pages.push(page);
	await new Promise<void>((resolve, reject) => page.once('connect', resolve).once('connect_error', reject));
	return page;
}

const join = (page: Page, id: unknown = meetingId): Promise<OpenCaseAnswer> =>
	new Promise((resolve) => page.emit('joinMeeting', { meetingId: id } as never, resolve));

async function seated(who: Who, cookie?: string): Promise<Page> {
	const page = await connected(who, cookie);
	expect(await join(page)).toBe('open');
	return page;
}

const events = (page: Page, name: string) => page.heard.filter(([each]) => each === name).map(([, payload]) => payload);
const presentAt = (page: Page) => {
	const last = events(page, 'attendanceChanged').at(-1);
	return last ? attendanceChangedSchema.parse(last).present : [];
};
const idsOf = (...who: Who[]) => who.map((each) => full.people[each].id);
const sees = (page: Page, ...who: Who[]) => until(() => same(presentAt(page), idsOf(...who)), 8_000);
const same = (one: readonly string[], other: readonly string[]) => [...one].sort().join() === [...other].sort().join();
const move = (to: string | null) => full.request('lead', `/meetings/${meetingId}/move`, { caseId: to });

async function until(fact: () => boolean, withinMs: number): Promise<void> {
	for (const deadline = Date.now() + withinMs; !fact(); await delay(5))
		if (Date.now() > deadline) throw new Error(`not within ${withinMs} ms`);
}

test('everybody of the team may sit in it, and nobody else', async () => {
	const lead = await seated('lead');
	await seated('teacher');
	await sees(lead, 'lead', 'teacher');
	for (const who of ['otherLead', 'caseWorker', 'admin', 'mentorA'] as const) {
		expect(await join(await connected(who))).toBe('not-found');
	}
	expect(await join(lead, newId<MeetingId>())).toBe('not-found');
	for (const payload of [null, 'x', 7, [meetingId]]) expect(await join(lead, payload)).toBe('bad-request');
});

test('a person on two pages is one, and leaves with the last', async () => {
	const lead = await seated('lead');
	const [laptop, phone] = [await seated('teacher'), await seated('teacher')];
	await sees(lead, 'lead', 'teacher');
	lead.heard.length = 0;
	laptop.emit('leaveMeeting', { meetingId });
	phone.emit('stillThere', () => phone.emit('leaveMeeting', { meetingId }));
	await sees(lead, 'lead');
	expect(events(lead, 'attendanceChanged')).toHaveLength(1);
});

test('a line that breaks and comes back is no leaving', async () => {
	const lead = await seated('lead');
	const before = await seated('teacher');
	const goes = await seated('stranger');
	await sees(lead, 'lead', 'teacher', 'stranger');
	lead.heard.length = 0;
	before.disconnect();
	await seated('teacher');
	goes.disconnect(); // after the other: once this one has left, the time to come back is over
	await sees(lead, 'lead', 'teacher');
	expect(events(lead, 'attendanceChanged')).toHaveLength(1);
});

test('a line nobody answers on is found dead within 10 s', async () => {
	const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
	const hello = await new Promise<string>((resolve) => socket.addEventListener('message', ({ data }) => resolve(String(data))));
	socket.close();
	const { pingInterval, pingTimeout } = JSON.parse(hello.slice(1)) as { pingInterval: number; pingTimeout: number };
	expect(pingInterval + pingTimeout).toBeLessThanOrEqual(10_000);
});

test('a line that breaks for good is a leaving, seconds later', async () => {
	const lead = await seated('lead');
	const gone = await seated('teacher');
	await sees(lead, 'lead', 'teacher');
	gone.disconnect();
	await sees(lead, 'lead');
});

test('where the meeting is reaches everybody in it, with the case only for who reads its plan', async () => {
	const there = {
		lead: await seated('lead'),
		teacher: await seated('teacher'),
		stranger: await seated('stranger'),
	};
	const outside = await connected('otherLead');
	await join(outside);
	const { revision } = (await (await move(full.case.id)).json()) as { revision: number };
	const told = (page: Page) => events(page, 'meetingChanged').map((event) => meetingChangedSchema.parse(event));
	await until(() => Object.values(there).every((page) => told(page).some((event) => event.revision === revision)), 2_000);
	const event = { meetingId, revision, phase: 'open' };
	expect(told(there.lead)).toEqual([{ ...event, caseId: full.case.id }]);
	expect(told(there.teacher)).toEqual([{ ...event, caseId: full.case.id }]);
	expect(told(there.stranger)).toEqual([{ ...event, caseId: null }]);
	await move(null);
	await until(() => told(there.lead).length === 2, 2_000);
	expect(told(there.lead)[1]).toMatchObject({ caseId: null });
	expect(outside.heard.filter(([name]) => name !== 'serverState')).toEqual([]);
	const wire = JSON.stringify(Object.values(there).map((page) => page.heard));
	expect(wire).not.toContain(CITIZEN);
	expect(wire).not.toContain('Planted');
});

test('of many moves at once the newest is told last, and none comes after a newer one', async () => {
	const page = await seated('teacher');
	const answers = await Promise.all([full.case.id, null, full.case.id, null].map(move));
	const revisions = await Promise.all(
		answers.filter(({ ok }) => ok).map(async (each) => (await each.json()) as { revision: number }),
	);
	const newest = Math.max(...revisions.map(({ revision }) => revision));
	const told = () => events(page, 'meetingChanged').map((event) => meetingChangedSchema.parse(event).revision);
	await until(() => told().includes(newest), 2_000);
	expect(told()).toEqual([...told()].sort((one, other) => one - other));
});

test('who was there is stamped by the server, and only while the meeting is on', async () => {
	const stamped = async () =>
		(
			await db.pool.query<{ person_id: string; first_seen_at: Date; last_seen_at: Date }>(
				'select * from meeting_attendance where meeting_id = $1 and person_id = $2',
				[meetingId, full.people.psychologist.id],
			)
		).rows[0];
	await full.request('lead', `/meetings/${meetingId}/park`, {});
	const page = await seated('psychologist');
	await delay(200);
	expect(await stamped()).toBeUndefined();
	await full.request('lead', `/meetings/${meetingId}/open`, {});
	for (let tries = 0; !(await stamped()) && tries < 100; tries++) await delay(20);
	const first = await stamped();
	expect(first?.first_seen_at).toEqual(full.now());
	full.clock.ms += 60_000;
	page.emit('leaveMeeting', { meetingId });
	for (let tries = 0; (await stamped())?.last_seen_at.getTime() !== full.clock.ms && tries < 100; tries++) await delay(20);
	expect(await stamped()).toMatchObject({ first_seen_at: first?.first_seen_at, last_seen_at: full.now() });
});

test('whoever leaves the team leaves the meeting at once, and hears no more of it', async () => {
	const lead = await seated('lead');
	const page = await seated('stranger');
	await sees(lead, 'lead', 'stranger');
	const { id } = full.people.stranger;
	await db.pool.query("update team_member set until_day = '2020-01-02' where person_id = $1", [id]);
	await db.pool.query('insert into rights_change (case_id, person_id, at) values (null, $1, now())', [id]);
	watch.nudge();
	await until(() => events(page, 'meetingLost').length === 1, 1_000);
	expect(events(page, 'meetingLost')).toEqual([{ meetingId }]);
	await sees(lead, 'lead');
	page.heard.length = 0;
	await move(full.case.id);
	await until(() => events(lead, 'meetingChanged').length > 0, 2_000);
	expect(page.heard).toEqual([]);
	expect(await join(page)).toBe('not-found');
});

test('whoever signs out leaves at once, not when their line would have been given up', async () => {
	const lead = await seated('lead');
	const cookie = await full.signIn('teacher');
	await seated('teacher', cookie);
	await sees(lead, 'lead', 'teacher');
	await full.auth.signOut(new Headers({ cookie }));
	await until(() => same(presentAt(lead), idsOf('lead')), 1_500);
});

test('after a restart everybody is where they were: whoever comes back first sees the others too', async () => {
	full.clock.ms += 31_000; // whoever was here before this test is long gone
	for (const who of ['lead', 'teacher', 'psychologist'] as const) await seated(who);
	await until(() => pages.every((page) => presentAt(page).length === 3), 2_000);
	const stamped = 'select 1 from meeting_attendance where meeting_id = $1 and last_seen_at = $2';
	while ((await db.pool.query(stamped, [meetingId, full.now()])).rowCount !== 3) await delay(5);
	await stopRoom();
	await startRoom();
	const lead = await seated('lead');
	expect(presentAt(lead).sort()).toEqual(idsOf('lead', 'teacher', 'psychologist').sort());
	lead.heard.length = 0;
	await seated('teacher');
	await sees(lead, 'lead', 'teacher'); // the psychologist did not come back
	expect(events(lead, 'attendanceChanged')).toHaveLength(1);
});
