/**
 * A meeting of fifteen: from "next" over REST until every page has heard it, and until every page has the next citizen's
 * board, all of them asking at once. The pages run in a thread of their own, as they do in other people's browsers; they share
 * the machine with the server and its database, so the figures hold both. Aim: p95 of the second at most 100 ms.
 * Usage: node bench/meeting.bench.ts
 */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { getRequestListener } from '@hono/node-server';
import { io, type Socket } from 'socket.io-client';
import { addTask } from '../board/edit/task.ts';
import { replaceText } from '../board/edit/text.ts';
import { addTrack } from '../board/edit/track.ts';
import { setAttended, setDirection } from '../board/edit/week.ts';
import type { ClientToServer, ServerToClient } from '../board/room-events.ts';
import { goalTextName, lineTextName } from '../board/schema.ts';
import { type Database, openDatabase } from '../db/client.ts';
import { startEmbedded } from '../db/embedded.ts';
import { migrateDatabase } from '../db/migrate.ts';
import { insertAccount } from '../db/repo/sign-in.ts';
import { insertTeamMember } from '../db/repo/team.ts';
import type { CaseId, MeetingId } from '../domain/ids.ts';
import { addWeeks, weekOf } from '../domain/iso-week.ts';
import { defaultTemplate } from '../domain/programme/default-templates.ts';
import { createLiveSessions } from '../server/auth/live-sessions.ts';
import { createAttendanceStamp } from '../server/commands/meeting/stamp-attendance.ts';
import { createMeetingRoom } from '../server/meeting-room/create-meeting-room.ts';
import { createCaseloads, createCaseReaders } from '../server/queries/case/case-readers.ts';
import { createMeetingPlaces } from '../server/queries/meeting/meeting-places.ts';
import { createWallPictures } from '../server/queries/wall/wall-pictures.ts';
import { aCitizenCase, aGrant, aPerson } from '../tests/support/case-builders.ts';
import { aFullCase, edit, type FullCase } from '../tests/support/full-case.ts';

const PEOPLE = 15;
const CITIZENS = 14;
const WEEKS = 24;
const MOVES = 200;
const ROUNDS = 30;
const PASSWORD = 'bench';
const LINE = 'Kom til alle aftaler, men gik tidligt torsdag. Vil gerne prøve lageret igen i næste uge.';

/** Seven tracks, half a year of weekly status, thirty tasks. */
async function writeBoard({ log, people: { lead }, now }: FullCase, caseId: CaseId): Promise<void> {
	await edit(log, { caseId, compartment: { kind: 'team' }, by: lead.id, at: now() }, (doc, by) => {
		for (const words of ['team', 'citizen'] as const) replaceText(doc, goalTextName(words), LINE, by.origin);
		const week = weekOf(now());
		for (let lane = 0; lane < 7; lane++) {
			const { id } = addTrack(doc, by, { type: 'psychologist', owner: lead.id, state: 'running', timesPerWeek: 2 });
			for (let back = 0; back < WEEKS; back++) {
				const at = addWeeks(week, -back);
				setDirection(doc, by, at, id, 'forward');
				setAttended(doc, by, at, id, { came: 2, planned: 3 });
				if (back % 2 === 0) replaceText(doc, lineTextName(at, id), LINE, by.origin);
			}
		}
		for (let task = 0; task < 30; task++) addTask(doc, by, { text: 'Ring til lægen om henvisningen', owner: lead.id });
	});
}

async function staff(db: Database, full: FullCase) {
	const { lead } = full.people;
	const cases: CaseId[] = [];
	for (let index = 0; index < CITIZENS; index++) {
		const options = { team: full.team, keys: full.keys, templateContent: defaultTemplate('parallel') };
		const { id } = await aCitizenCase(db.orm, options);
		await full.log.ensureDocuments(db.orm, id);
		await writeBoard(full, id);
		cases.push(id);
	}
	await full.log.projectBehind();
	const cookies: string[] = [];
	for (let index = 0; index < PEOPLE; index++) {
		const person = await aPerson(db.orm, { organisationId: full.host.id, profession: 'social-mentor' });
		const member = { teamId: full.team.id, personId: person.id, isLead: false, fromDay: '2020-01-01', untilDay: null };
		await insertTeamMember(db.orm, member);
		for (const caseId of cases) await aGrant(db.orm, { caseId, personId: person.id, grantedBy: lead.id });
		const account = {
			personId: person.id,
			name: person.name,
			email: person.email,
			passwordHash: `plain:${PASSWORD}`,
			at: full.now(),
		};
		await insertAccount(db.orm, account);
		const signedIn = await full.auth.signIn({ email: person.email, password: PASSWORD, address: '127.0.0.1' });
		if (!signedIn.ok) throw new Error(signedIn.error.code);
		cookies.push(signedIn.value.cookie.split(';')[0]!);
	}
	return { cases, cookies };
}

async function serve(db: Database, full: FullCase) {
	const { api, auth, now } = full;
	const room = createMeetingRoom({
		authenticate: auth.authenticate,
		liveSessions: createLiveSessions(db, now),
		readers: createCaseReaders(db, now),
		caseloads: createCaseloads(db, now),
		meetings: createMeetingPlaces(db, now),
		stampAttendance: createAttendanceStamp(db, now),
		walls: createWallPictures({ db, keys: full.keys, log: full.log, now }),
		now,
		trustedOrigins: [],
		onFailure: (error) => console.error(error),
	});
	full.hearers.push((announcement) => room.announce(announcement));
	const answer = getRequestListener((request) => api.fetch(request));
	const http = createServer((request, response) => void answer(request, response)).on('upgrade', room.handleUpgrade);
	http.listen(0, '127.0.0.1');
	await once(http, 'listening');
	const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
	return { url, stop: async () => (await room.close(), http.closeAllConnections(), http.close()) };
}

/** What the pages' thread is told. */
interface Sitting {
	readonly url: string;
	readonly meetingId: MeetingId;
	readonly leadCookie: string;
	readonly cookies: readonly string[];
	readonly cases: readonly CaseId[];
}

/** The server's thread: a meeting that has been opened, until the pages are done with it. */
async function host(): Promise<void> {
	const database = mkdtempSync(join(tmpdir(), 'bench-meeting-'));
	const embedded = await startEmbedded({ dataDir: database });
	const db = openDatabase(embedded.url);
	await migrateDatabase(db);
	const full = await aFullCase(db, { ms: Date.now() });
	const { cases, cookies } = await staff(db, full);
	const { url, stop } = await serve(db, full);
	const leadCookie = await full.cookieOf('lead');
	const { meetingId } = (await post({ url, leadCookie }, '/meetings', { teamId: full.team.id })) as { meetingId: MeetingId };
	await post({ url, leadCookie }, `/meetings/${meetingId}/open`, {});
	const sitting: Sitting = { url, meetingId, leadCookie, cookies, cases };
	await once(new Worker(import.meta.filename, { workerData: sitting }), 'exit');
	await stop();
	await db.close();
	await embedded.stop();
	rmSync(database, { recursive: true, force: true });
}

async function post(
	{ url, leadCookie }: Pick<Sitting, 'url' | 'leadCookie'>,
	path: string,
	body: object,
): Promise<Record<string, unknown>> {
	const headers = { cookie: leadCookie, 'content-type': 'application/json' };
	const response = await fetch(`${url}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
	if (!response.ok) throw new Error(`${path}: ${response.status}`);
	return (await response.json()) as Record<string, unknown>;
}

type Page = Socket<ServerToClient, ClientToServer>;

async function sitDown({ url, meetingId }: Sitting, cookie: string): Promise<Page> {
	const page: Page = io(url, { transports: ['websocket'], forceNew: true, extraHeaders: { cookie } });
	await new Promise<void>((resolve) => page.once('connect', resolve));
	const answer = await new Promise((resolve) => page.emit('joinMeeting', { meetingId }, resolve));
	if (answer !== 'open') throw new Error(String(answer));
	return page;
}

async function sit(sitting: Sitting): Promise<void> {
	const pages = await Promise.all(sitting.cookies.map((cookie) => sitDown(sitting, cookie)));

	/** Resolves with the milliseconds until each page was where the meeting went and had done what it does there. */
	async function move(to: CaseId, then: (index: number) => Promise<unknown>): Promise<number[]> {
		const startMs = performance.now();
		const there = pages.map(
			(page, index) =>
				new Promise<number>((resolve, reject) => {
					page.on('meetingChanged', function heard({ caseId }) {
						if (caseId !== to) return;
						page.off('meetingChanged', heard);
						then(index).then(() => resolve(performance.now() - startMs), reject);
					});
				}),
		);
		await post(sitting, `/meetings/${sitting.meetingId}/move`, { caseId: to });
		return Promise.all(there);
	}

	const fetchBoard = async (caseId: CaseId, index: number): Promise<void> => {
		const response = await fetch(`${sitting.url}/api/v1/meetings/${sitting.meetingId}/cases/${caseId}/board`, {
			headers: { cookie: sitting.cookies[index]! },
		});
		if (!response.ok) throw new Error(`board: ${response.status}`);
		await response.json();
	};
	const at = (sorted: readonly number[], share: number): string =>
		`${sorted[Math.floor((sorted.length - 1) * share)]!.toFixed(1)} ms`;
	const citizen = (index: number): CaseId => sitting.cases[index % sitting.cases.length]!;

	const heard: number[] = [];
	for (let index = 0; index < MOVES; index++) heard.push(Math.max(...(await move(citizen(index), async () => {}))));
	const read: number[] = [];
	for (let index = 0; index < ROUNDS; index++) {
		const to = citizen(MOVES + index);
		read.push(...(await move(to, (page) => fetchBoard(to, page))));
	}
	for (const list of [heard, read]) list.sort((one, other) => one - other);
	console.log(`meeting: ${PEOPLE} pages, ${CITIZENS} citizens`);
	console.log(`  "next" until all have heard it: median ${at(heard, 0.5)}, p99 ${at(heard, 0.99)} of ${MOVES}`);
	console.log(
		`  "next" until the board is there, all asking at once: median ${at(read, 0.5)}, p95 ${at(read, 0.95)} of ${read.length}`,
	);
	for (const page of pages) page.disconnect();
}

if (isMainThread) await host();
else await sit(workerData as Sitting);
