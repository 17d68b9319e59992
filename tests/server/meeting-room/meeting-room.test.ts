import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../../board/new-id.ts';
import {
	caseChangedSchema,
	caseloadChangedSchema,
	rightsChangedSchema,
	type ClientToServer,
	type OpenCaseAnswer,
	type ServerToClient,
} from '../../../board/room-events.ts';
import { BAD_ORIGIN, SIGNED_OUT } from '../../../board/room-words.ts';
import type { DocumentCompartment } from '../../../domain/compartments.ts';
import type { AccessId, CaseId, DraftId } from '../../../domain/ids.ts';
import { weekOf } from '../../../domain/iso-week.ts';
import { createLiveSessions } from '../../../server/auth/live-sessions.ts';
import { createRightsWatch, type RightsWatch } from '../../../server/auth/rights-watch.ts';
import { createAttendanceStamp } from '../../../server/commands/meeting/stamp-attendance.ts';
import { createMeetingRoom, type MeetingRoomDoor } from '../../../server/meeting-room/create-meeting-room.ts';
import { createCaseloads, createCaseReaders } from '../../../server/queries/case/case-readers.ts';
import { createMeetingPlaces } from '../../../server/queries/meeting/meeting-places.ts';
import { createWallPictures } from '../../../server/queries/wall/wall-pictures.ts';
import { aDatabase } from '../../support/database.ts';
import { aFullCase, type FullCase, type Who } from '../../support/full-case.ts';

type Page = Socket<ServerToClient, ClientToServer> & { readonly heard: unknown[][] };

const db = await aDatabase();
const http = createServer();
const pages: Page[] = [];
const failures: unknown[] = [];
let full: FullCase;
let room: MeetingRoomDoor;
let watch: RightsWatch;
let url: string;
/** Holds back what was read of rights, as a slow network would. */
let answersWait: Promise<void> | undefined;

beforeAll(async () => {
	full = await aFullCase(db, { ms: Date.now() });
	const { auth, now } = full;
	const readers = createCaseReaders(db, now);
	room = createMeetingRoom({
		authenticate: auth.authenticate,
		liveSessions: createLiveSessions(db, now),
		now,
		readers: async (...asked) => {
			const answer = await readers(...asked);
			await answersWait;
			return answer;
		},
		caseloads: createCaseloads(db, now),
		meetings: createMeetingPlaces(db, now),
		stampAttendance: createAttendanceStamp(db, now),
		walls: createWallPictures({ db, keys: full.keys, log: full.log, now }),
		trustedOrigins: [],
		onFailure: (error) => failures.push(error),
	});
	watch = createRightsWatch({ db, now });
	watch.listen(room);
	await watch.start();
	full.hearers.push((announcement) => (announcement.kind === 'rights' ? watch.nudge() : room.announce(announcement)));
	http.on('request', room.handleRequest).on('upgrade', room.handleUpgrade);
	await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
	url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
});
afterEach(() => {
	for (const page of pages.splice(0)) page.disconnect();
	expect(failures.splice(0)).toEqual([]);
});
afterAll(async () => {
	await watch.stop();
	await room.close();
	http.close();
});

function connecting(cookie: string, headers: Record<string, string> = {}, auth: object = {}): Page {
	const socket = io(url, {
		transports: ['websocket'],
		forceNew: true,
		reconnection: false,
		extraHeaders: { cookie, ...headers },
		auth,
	});
	const page = Object.assign(socket, { heard: [] as unknown[][] }) as Page;
	page.onAny((...event: unknown[]) => page.heard.push(event));
	pages.push(page);
	return page;
}

async function connected(who: Who, cookie?: string): Promise<Page> {
	const page = connecting(cookie ?? (await full.cookieOf(who)));
	await new Promise<void>((resolve, reject) => page.once('connect', resolve).once('connect_error', reject));
	return page;
}

async function opened(who: Who, caseId: CaseId = full.case.id): Promise<Page> {
	const page = await connected(who);
	expect(await open(page, caseId)).toBe('open');
	page.heard.length = 0;
	return page;
}

const open = (page: Page, caseId: unknown): Promise<OpenCaseAnswer> =>
	new Promise((resolve) => page.emit('openCase', { caseId } as never, resolve));
const refusal = (page: Page): Promise<string> =>
	new Promise((resolve) => page.once('connect_error', (error) => resolve(error.message)));
const events = (page: Page, name: string) => page.heard.filter(([each]) => each === name).map(([, payload]) => payload);
const share = (who: Who, body: object) =>
	full.request(who, `/cases/${full.case.id}/observations`, {
		draftId: newId<DraftId>(),
		kind: 'fact',
		text: 'words that never travel here',
		...body,
	});

async function until(fact: () => boolean, withinMs: number): Promise<void> {
	for (const deadline = Date.now() + withinMs; !fact(); await delay(5))
		if (Date.now() > deadline) throw new Error(`not within ${withinMs} ms`);
}

describe('the door', () => {
	test('is closed to nobody signed in and to a page of another site', async () => {
		expect(await refusal(connecting('nothing=here'))).toBe(SIGNED_OUT);
		expect(await refusal(connecting(await full.cookieOf('lead'), { origin: 'https://evil.example' }))).toBe(BAD_ORIGIN);
	});

	test('is closed to a page of one person with the cookie of another', async () => {
		const cookie = await full.cookieOf('lead');
		const { lead, teacher } = full.people;
		expect(await refusal(connecting(cookie, {}, { person: teacher.id }))).toBe(SIGNED_OUT);
		const own = connecting(cookie, {}, { person: lead.id });
		await until(() => own.connected, 2_000);
	});

	test('takes no long polling', async () => {
		expect((await fetch(`${url}/socket.io/?EIO=4&transport=polling`)).status).toBe(400);
	});

	test('answers "still there?" with its clock, and tells whether the server can store', async () => {
		const page = await connected('teacher');
		await until(() => events(page, 'serverState').length === 1, 1_000);
		expect(events(page, 'serverState')).toEqual([{ storing: true }]);
		expect(await new Promise((resolve) => page.emit('stillThere', resolve))).toBe(full.now().getTime());
		room.lostTouch!();
		room.backInTouch!();
		await until(() => events(page, 'serverState').length === 3, 1_000);
		expect(events(page, 'serverState')).toEqual([{ storing: true }, { storing: false }, { storing: true }]);
	});

	test('survives payloads nobody agreed on', async () => {
		const page = await connected('teacher');
		page.emit('openCase', undefined as never, undefined as never);
		page.emit('stillThere', 'not a function' as never);
		page.emit('closeCase', 7 as never);
		for (const payload of [null, 'x', {}, { caseId: 'x' }, { caseId: [full.case.id] }]) {
			expect(await new Promise((resolve) => page.emit('openCase', payload as never, resolve))).toBe('bad-request');
		}
		expect(await open(page, full.case.id)).toBe('open');
	});
});

describe('opening a case', () => {
	test.each(['otherLead', 'stranger', 'admin'] as const)('is "not found" for %s', async (who) => {
		const page = await connected(who);
		expect(await open(page, full.case.id)).toBe('not-found');
		expect(await open(page, newId<CaseId>())).toBe('not-found');
	});
});

describe('an announcement', () => {
	test('reaches those who may read the compartment and nobody else', async () => {
		const who = ['lead', 'teacher', 'psychologist', 'healthStaff', 'mentorA', 'mentorB', 'prison', 'justiceReader'] as const;
		const there = await Promise.all(who.map(async (each) => [each, await opened(each)] as const));
		const heardBy = () => there.flatMap(([each, page]) => (events(page, 'caseChanged').length > 0 ? [each] : []));
		const { a } = full.placements;
		const table = [
			['psychologist', { compartment: 'clinical' }, ['psychologist', 'healthStaff']],
			['prison', { compartment: 'justice' }, ['prison', 'justiceReader']],
			[
				'lead',
				{ compartment: 'placement', placementId: a.id },
				['lead', 'teacher', 'psychologist', 'healthStaff', 'mentorA', 'justiceReader'],
			],
			['teacher', { compartment: 'team' }, ['lead', 'teacher', 'psychologist', 'healthStaff', 'justiceReader']],
		] as const;
		for (const [by, where, readers] of table) {
			for (const [, page] of there) page.heard.length = 0;
			const response = await share(by, where);
			const { observationId } = (await response.json()) as { observationId: string };
			await until(() => heardBy().length === readers.length, 2_000);
			await delay(150);
			expect(heardBy().sort()).toEqual([...readers].sort());
			const [event] = events(there.find(([each]) => each === readers[0])![1], 'caseChanged');
			expect(caseChangedSchema.parse(event)).toEqual({ caseId: full.case.id, what: 'observations', id: observationId });
		}
		expect(JSON.stringify(there.map(([, page]) => page.heard))).not.toContain('words that');
	});

	test('does not reach a page that has turned to another case', async () => {
		const page = await opened('teacher');
		page.emit('closeCase', { caseId: full.case.id });
		await open(page, newId<CaseId>());
		await share('lead', { compartment: 'team' });
		await delay(200);
		expect(events(page, 'caseChanged')).toEqual([]);
	});

	test('of a blind rating reaches who reads the plan, without its value, its milestone or whose it is', async () => {
		const [lead, psychologist, mentor, prison] = [
			await opened('lead'),
			await opened('psychologist'),
			await opened('mentorA'),
			await opened('prison'),
		];
		const rating = { week: weekOf(full.now()), as: 'professional', ratings: [{ milestone: 'motivation', value: 5 }] };
		expect((await full.request('teacher', `/cases/${full.case.id}/ratings`, rating)).status).toBe(200);
		await until(() => [lead, psychologist].every((page) => events(page, 'caseChanged').length === 1), 1_000);
		const caseId = full.case.id;
		expect(lead.heard.filter(([name]) => name === 'caseChanged')).toEqual([
			['caseChanged', { caseId, what: 'ratings', id: null }],
		]);
		expect(caseChangedSchema.parse(events(psychologist, 'caseChanged')[0])).toEqual({ caseId, what: 'ratings', id: null });
		expect([...events(mentor, 'caseChanged'), ...events(prison, 'caseChanged')]).toEqual([]);
	});

	test('of access reaches who reads the plan', async () => {
		const [lead, mentor] = [await opened('lead'), await opened('mentorA')];
		room.announce({ kind: 'access', caseId: full.case.id, personId: full.people.stranger.id, accessId: newId<AccessId>() });
		await until(() => events(lead, 'caseChanged').length === 1, 1_000);
		expect(events(lead, 'caseChanged')).toEqual([{ caseId: full.case.id, what: 'access', id: full.people.stranger.id }]);
		expect(events(mentor, 'caseChanged')).toEqual([]);
	});
});

describe('a caseload', () => {
	const following = async (who: Who): Promise<Page> => {
		const page = await connected(who);
		expect(await new Promise((resolve) => page.emit('openCaseload', resolve))).toBe('open');
		page.heard.length = 0;
		return page;
	};
	const written = (compartment: DocumentCompartment) => room.announce({ kind: 'board', caseId: full.case.id, compartment });

	test('hears which of its rows changed, by id, and nothing it may not read', async () => {
		const who = ['lead', 'psychologist', 'mentorA', 'mentorB', 'prison', 'otherLead', 'admin'] as const;
		const pages = new Map<Who, Page>();
		for (const each of who) pages.set(each, await following(each));
		const heardBy = () => who.filter((each) => events(pages.get(each)!, 'caseloadChanged').length > 0);
		written({ kind: 'team' });
		await until(() => heardBy().length === 2, 2_000);
		expect(caseloadChangedSchema.parse(events(pages.get('lead')!, 'caseloadChanged')[0])).toEqual({ caseIds: [full.case.id] });
		written({ kind: 'placement', placementId: full.placements.a.id });
		await until(() => heardBy().length === 3, 2_000);
		expect(heardBy()).toEqual(['lead', 'psychologist', 'mentorA']);
	});

	test('hears of a flood of changes a few times, not each time', async () => {
		const page = await following('teacher');
		for (let index = 0; index < 200; index++) written({ kind: 'team' });
		await until(() => events(page, 'caseloadChanged').length > 0, 3_000);
		await delay(700);
		expect(events(page, 'caseloadChanged').length).toBeLessThanOrEqual(2);
	});

	test('is no page of the case: what is written on a board reaches that by its documents alone', async () => {
		const [board, caseload] = [await opened('teacher'), await following('teacher')];
		written({ kind: 'team' });
		await until(() => events(caseload, 'caseloadChanged').length === 1, 2_000);
		expect(board.heard).toEqual([]);
		await share('lead', { compartment: 'team' });
		await until(() => events(caseload, 'caseloadChanged').length === 2, 2_000);
		expect(events(caseload, 'caseChanged')).toEqual([]);
	});

	test('loses a row within a second when access ends, and gets it back with access', async () => {
		const page = await following('caseWorker');
		await setEnded('caseWorker', true);
		await until(() => events(page, 'rightsChanged').length === 1, 1_000);
		expect(events(page, 'rightsChanged')).toEqual([{ caseId: full.case.id, access: 'none' }]);
		written({ kind: 'team' });
		await delay(200);
		expect(events(page, 'caseloadChanged')).toEqual([]);
		await setEnded('caseWorker', false);
		await until(() => events(page, 'caseloadChanged').length === 1, 1_500);
		expect(events(page, 'caseloadChanged')).toEqual([{ caseIds: [full.case.id] }]);
	});
});

describe('withdrawn access', () => {
	test('is told within a second, and nothing is announced to that page afterwards', async () => {
		const page = await opened('substanceCounsellor');
		const other = await opened('teacher');
		const {
			rows: [access],
		} = await db.pool.query<{ id: string }>('select id from case_access where person_id = $1', [
			full.people.substanceCounsellor.id,
		]);
		await endAccess(access!.id);
		await until(() => events(page, 'rightsChanged').length === 1, 1_000);
		expect(rightsChangedSchema.parse(events(page, 'rightsChanged')[0])).toEqual({ caseId: full.case.id, access: 'none' });
		expect(events(other, 'rightsChanged')).toEqual([]);
		await share('lead', { compartment: 'team' });
		await until(() => events(other, 'caseChanged').length > 0, 2_000);
		await delay(150);
		expect(events(page, 'caseChanged')).toEqual([]);
		expect(await open(page, full.case.id)).toBe('not-found');
	});

	test('committed by another process is told too', async () => {
		const page = await opened('socialMentor');
		await db.pool.query("update case_access set ended_at = now() - interval '1 second' where person_id = $1", [
			full.people.socialMentor.id,
		]);
		await db.pool.query('insert into rights_change (case_id, person_id, at) values ($1, $2, now())', [
			full.case.id,
			full.people.socialMentor.id,
		]);
		full.clock.ms = Date.now();
		await until(() => events(page, 'rightsChanged').length === 1, 1_500);
		expect(events(page, 'rightsChanged')).toEqual([{ caseId: full.case.id, access: 'none' }]);
	});

	test('a part of it is told as narrowed, more of it as wider, the same as nothing', async () => {
		const page = await opened('justiceReader');
		const set = async (column: string, value: boolean) => {
			await db.pool.query(`update case_access set ${column} = $2 where person_id = $1`, [full.people.justiceReader.id, value]);
			await db.pool.query('insert into rights_change (case_id, person_id, at) values (null, $1, now())', [
				full.people.justiceReader.id,
			]);
			watch.nudge();
		};
		await set('adds_justice', false);
		await until(() => events(page, 'rightsChanged').length === 1, 1_000);
		await set('adds_clinical', true);
		await until(() => events(page, 'rightsChanged').length === 2, 1_000);
		await set('adds_clinical', true);
		await delay(300);
		expect(events(page, 'rightsChanged')).toEqual([
			{ caseId: full.case.id, access: 'narrowed' },
			{ caseId: full.case.id, access: 'same-or-wider' },
		]);
	});

	test('is not overruled by an older answer that was still under way', async () => {
		const page = await connected('caseWorker');
		const slow = Promise.withResolvers<void>();
		answersWait = slow.promise;
		const opening = open(page, full.case.id);
		await delay(150);
		await setEnded('caseWorker', true);
		await delay(150);
		answersWait = undefined;
		slow.resolve();
		expect(await opening).toBe('not-found');
		await setEnded('caseWorker', false);
	});

	test('stays withdrawn for the page that lost it, until it opens the case again', async () => {
		const page = await opened('caseWorker');
		await setEnded('caseWorker', true);
		await until(() => events(page, 'rightsChanged').length === 1, 1_000);
		await setEnded('caseWorker', false);
		await share('lead', { compartment: 'team' });
		await delay(300);
		expect(page.heard).toHaveLength(1);
		expect(await open(page, full.case.id)).toBe('open');
	});

	test('never slips through while a page is opening', async () => {
		for (let round = 0; round < 8; round++) {
			await setEnded('caseWorker', false);
			const page = await connected('caseWorker');
			const opening = open(page, full.case.id);
			await delay(round % 4);
			await setEnded('caseWorker', true);
			if ((await opening) === 'open') await until(() => events(page, 'rightsChanged').length === 1, 1_000);
			page.heard.length = 0;
			await share('lead', { compartment: 'team' });
			await delay(60);
			expect(events(page, 'caseChanged')).toEqual([]);
			page.disconnect();
		}
	});
});

describe('signing out', () => {
	test('ends the pages of that session within a second, not those of the same person’s other one', async () => {
		const cookie = await full.signIn('psychologist');
		const [one, other] = [
			await connected('psychologist', cookie),
			await connected('psychologist', await full.signIn('psychologist')),
		];
		const gone = new Promise<void>((resolve) => one.once('disconnect', () => resolve()));
		await full.auth.signOut(new Headers({ cookie }));
		await Promise.race([
			gone,
			delay(1_000).then(() => {
				throw new Error('still connected');
			}),
		]);
		expect(events(one, 'signedOut')).toHaveLength(1);
		expect([other.connected, events(other, 'signedOut')]).toEqual([true, []]);
	});
});

/** As another process does it: the row, the outbox, and a look. */
async function setEnded(who: Who, ended: boolean): Promise<void> {
	const { id } = full.people[who];
	await db.pool.query(
		`update case_access set ended_at = ${ended ? "now() - interval '1 second'" : 'null'} where person_id = $1`,
		[id],
	);
	await db.pool.query('insert into rights_change (case_id, person_id, at) values ($1, $2, now())', [full.case.id, id]);
	full.clock.ms = Date.now();
	watch.nudge();
}

/** As the lead's command does it, outbox row and nudge included. */
async function endAccess(accessId: string): Promise<void> {
	const response = await full.api.request(`http://tavle.test/api/v1/cases/${full.case.id}/access/${accessId}`, {
		method: 'DELETE',
		headers: { cookie: await full.cookieOf('lead') },
	});
	expect(response.ok).toBe(true);
}
