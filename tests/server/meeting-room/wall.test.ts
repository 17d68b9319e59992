/** A screen on a wall, by its socket: what it is shown, what never reaches it, and how soon it is blank. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { replaceText } from '../../../board/edit/text.ts';
import { goalTextName } from '../../../board/schema.ts';
import { UNKNOWN_SCREEN, WALL_NAMESPACE, wallFrameSchema, type WallFrame } from '../../../board/wall-events.ts';
import type { MeetingId, WallScreenId } from '../../../domain/ids.ts';
import { WALL_SCREEN_MS } from '../../../domain/meeting/wall.ts';
import { createLiveSessions } from '../../../server/auth/live-sessions.ts';
import { createRightsWatch } from '../../../server/auth/rights-watch.ts';
import { createMeetingRoom, type MeetingRoomDoor } from '../../../server/meeting-room/create-meeting-room.ts';
import { createAttendanceStamp } from '../../../server/commands/meeting/stamp-attendance.ts';
import { createMeetingPlaces } from '../../../server/queries/meeting/meeting-places.ts';
import { createCaseloads, createCaseReaders } from '../../../server/queries/case/case-readers.ts';
import { createWallPictures } from '../../../server/queries/wall/wall-pictures.ts';
import { aDatabase } from '../../support/database.ts';
import { aFullCase, CITIZEN, edit, foundIn, type FullCase } from '../../support/full-case.ts';

/** The promise to whoever walks in: a lost pairing is blank within a second. */
const BLANK_MS = 1_000;
const SOON_MS = 5_000;

const db = await aDatabase();
const clock = { ms: Date.now() };
const http = createServer();
const screens: Screen[] = [];
let full: FullCase;
let room: MeetingRoomDoor;
let watch: ReturnType<typeof createRightsWatch>;
let url: string;
let meetingId: MeetingId;

beforeAll(async () => {
	full = await aFullCase(db, clock);
	const { auth, now, keys, log } = full;
	const onFailure = (error: unknown): void => {
		throw error;
	};
	room = createMeetingRoom({
		authenticate: auth.authenticate,
		liveSessions: createLiveSessions(db, now),
		readers: createCaseReaders(db, now),
		caseloads: createCaseloads(db, now),
		meetings: createMeetingPlaces(db, now),
		stampAttendance: createAttendanceStamp(db, now),
		walls: createWallPictures({ db, keys, log, now }),
		now,
		trustedOrigins: [],
		onFailure,
	});
	watch = createRightsWatch({ db, now });
	watch.listen(room);
	await watch.start();
	full.hearers.push((announcement) => (announcement.kind === 'rights' ? watch.nudge() : room.announce(announcement)));
	http.on('request', room.handleRequest).on('upgrade', room.handleUpgrade);
	await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
	url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
	const planned = await full.request('lead', '/meetings', { teamId: full.team.id });
	meetingId = ((await planned.json()) as { meetingId: MeetingId }).meetingId;
	expect((await command('/open')).status).toBe(200);
});
beforeEach(async () => {
	await command('/move', { caseId: full.case.id });
	await command('/curtain', { down: false, caseId: full.case.id });
	await command('/citizen-present', { present: false, caseId: full.case.id });
});
afterEach(() => {
	for (const { socket } of screens.splice(0)) socket.disconnect();
});
afterAll(async () => {
	await watch.stop();
	await room.close();
	http.close();
});

class Screen {
	readonly socket: Socket;
	readonly code: string;
	/** Everything that came over the wire. */
	readonly received: string[] = [];
	#frames: WallFrame[] = [];

	constructor(cookie: string, code: string) {
		this.code = code;
		this.socket = io(url + WALL_NAMESPACE, {
			transports: ['websocket'],
			forceNew: true,
			reconnection: false,
			extraHeaders: { cookie },
		});
		this.socket.onAny((...event: unknown[]) => this.received.push(JSON.stringify(event)));
		this.socket.on('wallShows', (frame: unknown) => this.#frames.push(wallFrameSchema.parse(frame)));
		screens.push(this);
	}

	get shows(): WallFrame | undefined {
		return this.#frames.at(-1);
	}

	async until(fact: (frame: WallFrame) => boolean, withinMs = SOON_MS): Promise<WallFrame> {
		for (const deadline = Date.now() + withinMs; ; await delay(5)) {
			const frame = this.shows;
			if (frame && fact(frame)) return frame;
			if (Date.now() > deadline) throw new Error(`not within ${withinMs} ms: ${JSON.stringify(frame)}`);
		}
	}
}

const command = (path: string, body: object = {}) => full.request('lead', `/meetings/${meetingId}${path}`, body);

async function aScreen(): Promise<Screen> {
	const response = await full.api.request('http://tavle.test/api/wall/screens', { method: 'POST' });
	expect(response.status).toBe(201);
	const { code } = (await response.json()) as { code: string };
	const setCookie = response.headers.get('set-cookie') ?? '';
	expect(setCookie).toMatch(/HttpOnly.*SameSite=Strict/i);
	const screen = new Screen(setCookie.split(';')[0]!, code);
	expect(await screen.until(({ shows }) => shows === 'pairing')).toMatchObject({ shows: 'pairing', code });
	return screen;
}
async function anApprovedScreen(): Promise<{ screen: Screen; screenId: WallScreenId }> {
	const screen = await aScreen();
	const response = await command('/wall', { code: screen.code });
	expect(response.status).toBe(201);
	const { screenId } = (await response.json()) as { screenId: WallScreenId };
	await screen.until(({ shows }) => shows !== 'pairing');
	return { screen, screenId };
}
const shown = (frame: WallFrame) => {
	if (frame.shows !== 'citizen') throw new Error(`shows ${frame.shows}`);
	return frame;
};

test('a screen nobody approved shows its code and nothing of the meeting', async () => {
	const screen = await aScreen();
	await command('/curtain', { down: true });
	await command('/curtain', { down: false, caseId: full.case.id });
	expect(foundIn(screen.received.join())).toEqual([]);
	expect(screen.received.join()).not.toContain('Agnes');
	expect(screen.shows?.shows).toBe('pairing');
});

test('a socket without a screen’s cookie, or from another site, is told nothing at all', async () => {
	const refusal = (cookie: string, headers: Record<string, string> = {}): Promise<string> => {
		const socket = io(url + WALL_NAMESPACE, {
			transports: ['websocket'],
			forceNew: true,
			reconnection: false,
			extraHeaders: { cookie, ...headers },
		});
		return new Promise((resolve, reject) => {
			socket.once('connect', () => reject(new Error('let in')));
			socket.once('connect_error', ({ message }) => resolve(message));
		});
	};
	expect(await refusal('')).toBe(UNKNOWN_SCREEN);
	expect(await refusal('tavle-wall=made-up')).toBe(UNKNOWN_SCREEN);
	expect(await refusal(await full.cookieOf('lead'))).toBe(UNKNOWN_SCREEN);
	expect(await refusal('tavle-wall=made-up', { origin: 'https://elsewhere.example' })).toBe('bad-origin');
});

test('shows the goal, the tracks and initials; no word of any other compartment, and no surname, ever reaches it', async () => {
	const { screen } = await anApprovedScreen();
	const frame = shown(await screen.until(({ shows }) => shows === 'citizen'));
	expect(frame).toMatchObject({
		firstName: 'Planted',
		goal: { team: 'planted-team-goal', citizen: 'planted-citizen-words' },
		tasks: [],
		hours: null,
		agenda: [{ position: 1, initials: 'P.A.', state: 'current' }],
	});
	await command('/citizen-present', { present: true });
	await screen.until((next) => next.shows === 'citizen' && next.isCitizenPresent);
	const wire = screen.received.join();
	expect(foundIn(wire)).toEqual(['team']);
	expect(wire).not.toContain('planted-team-observation');
	expect(wire).not.toContain(CITIZEN);
});

test('while the citizen is in the room, tracks kept from that view, decisions and the agenda are gone, and tasks are there', async () => {
	const { screen } = await anApprovedScreen();
	expect(shown(await screen.until(({ shows }) => shows === 'citizen')).tracks).toHaveLength(1);
	await command('/citizen-present', { present: true });
	const frame = shown(await screen.until((next) => next.shows === 'citizen' && next.isCitizenPresent));
	expect(frame.tracks).toEqual([]);
	expect(frame).toMatchObject({ agenda: [], decision: null, tasks: [{ text: 'planted-team-task' }] });
});

test('the curtain falls with one command, and between citizens, and behind it nothing is sent', async () => {
	const { screen } = await anApprovedScreen();
	await screen.until(({ shows }) => shows === 'citizen');
	await command('/curtain', { down: true });
	await screen.until(({ shows }) => shows === 'curtain', BLANK_MS);
	screen.received.length = 0;
	await write('written behind the curtain');
	await command('/move', { caseId: null });
	await command('/move', { caseId: full.case.id });
	expect(foundIn(screen.received.join())).toEqual([]);
	expect(screen.shows?.shows).toBe('curtain');
	await command('/curtain', { down: false, caseId: full.case.id });
	expect(shown(await screen.until(({ shows }) => shows === 'citizen')).goal.team).toContain('written behind the curtain');
});

test('what the team writes stands on the wall', async () => {
	const { screen } = await anApprovedScreen();
	await screen.until(({ shows }) => shows === 'citizen');
	await write('a goal in other words');
	await screen.until((frame) => frame.shows === 'citizen' && frame.goal.team === 'a goal in other words');
});

async function write(goal: string): Promise<void> {
	await edit(full.log, { caseId: full.case.id, compartment: { kind: 'team' }, by: full.people.lead.id }, (doc, by) => {
		replaceText(doc, goalTextName('team'), goal, by.origin);
	});
	await full.log.projectBehind();
	room.announce({ kind: 'board', caseId: full.case.id, compartment: { kind: 'team' } });
}

test('taken off, the screen is blank within a second, and stays so when it comes back', async () => {
	const { screen, screenId } = await anApprovedScreen();
	await screen.until(({ shows }) => shows === 'citizen');
	await full.api.request(`http://tavle.test/api/v1/meetings/${meetingId}/wall/${screenId}`, {
		method: 'DELETE',
		headers: { cookie: await full.cookieOf('lead') },
	});
	await screen.until(({ shows }) => shows === 'nothing', BLANK_MS);
	screen.socket.disconnect().connect();
	await new Promise<void>((resolve) => screen.socket.once('connect', resolve));
	await delay(0);
	await screen.until(({ shows }) => shows === 'nothing');
});

test('when its lead leads no more, or a working day is over, the screen is blank', async () => {
	const first = await anApprovedScreen();
	await first.screen.until(({ shows }) => shows === 'citizen');
	const before = clock.ms;
	clock.ms += WALL_SCREEN_MS;
	room.rightsChanged([]);
	await first.screen.until(({ shows }) => shows === 'nothing', BLANK_MS);
	clock.ms = before;

	const second = await anApprovedScreen();
	await second.screen.until(({ shows }) => shows === 'citizen');
	await db.pool.query("update team_member set until_day = '2020-01-01', from_day = '2020-01-01' where person_id = $1", [
		full.people.lead.id,
	]);
	await db.pool.query('insert into rights_change (case_id, person_id, at) values (null, $1, now())', [full.people.lead.id]);
	await second.screen.until(({ shows }) => shows === 'nothing', BLANK_MS + SOON_MS);
	await db.pool.query('update team_member set until_day = null where person_id = $1', [full.people.lead.id]);
});

test('a read for the wall is logged in the name of the lead who approved it, once for each screen and citizen', async () => {
	const { screen, screenId } = await anApprovedScreen();
	await screen.until(({ shows }) => shows === 'citizen');
	await command('/curtain', { down: true });
	await command('/curtain', { down: false, caseId: full.case.id });
	await screen.until(({ shows }) => shows === 'citizen');
	const { rows } = await db.pool.query(
		"select person_id, compartments from audit_entry where purpose = 'wall' and session_id = $1",
		[screenId],
	);
	expect(rows).toEqual([{ person_id: full.people.lead.id, compartments: ['team'] }]);
});
