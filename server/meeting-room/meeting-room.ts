import type { Server } from 'socket.io';
import { openCaseSchema, type ClientToServer, type OpenCaseAnswer, type ServerToClient } from '../../board/room-events.ts';
import type { CaseId } from '../../domain/ids.ts';
import { headersOf } from '../auth/admission.ts';
import type { Authenticate } from '../auth/authenticate.ts';
import type { LiveSessions } from '../auth/live-sessions.ts';
import type { ChangedRights } from '../auth/rights-watch.ts';
import type { StampAttendance } from '../commands/meeting/stamp-attendance.ts';
import type { Caseloads, CaseReaders } from '../queries/case/case-readers.ts';
import type { Reader } from '../queries/case/reader.ts';
import type { MeetingPlaces } from '../queries/meeting/meeting-places.ts';
import { eventFor, mayHear, type CaseAnnouncement, type MeetingAnnouncement } from './announcing.ts';
import { CaseloadNews } from './caseload-news.ts';
import { MeetingSeats } from './meeting-seats.ts';
import { compareAccess } from './narrowing.ts';
import { pairKey, type RoomSocket, type SocketData } from './room-socket.ts';

type Io = Server<ClientToServer, ServerToClient, Record<string, never>, SocketData>;

interface Asks {
	readonly authenticate: Authenticate;
	readonly liveSessions: LiveSessions;
	readonly readers: CaseReaders;
	readonly caseloads: Caseloads;
	readonly meetings: MeetingPlaces;
	readonly stampAttendance: StampAttendance;
	readonly now: () => Date;
	readonly onFailure: (error: unknown) => void;
}

/** One page follows one board, and a few while it changes from one to the next. */
const MAX_CASES_PER_SOCKET = 8;

/** Keeps no rights of its own: whoever is told something was asked about at that moment. */
export class MeetingRoom {
	readonly #io: Io;
	readonly #asks: Asks;
	/** Rises with each change of rights, so that an answer asked for before one is not believed after it. */
	#rightsVersion = 0;
	readonly #news: CaseloadNews;
	readonly #seats: MeetingSeats;
	#storing = true;

	constructor(io: Io, asks: Asks) {
		this.#io = io;
		this.#asks = asks;
		this.#news = new CaseloadNews({ ...asks, pages: () => this.#sockets().filter(({ data }) => data.caseload) });
		this.#seats = new MeetingSeats({ ...asks, sockets: () => this.#sockets() });
	}

	welcome(socket: RoomSocket): void {
		socket.on('stillThere', (answer) => {
			if (typeof answer === 'function') answer(this.#asks.now().getTime());
		});
		socket.on('openCase', (payload, answer) => {
			if (typeof answer !== 'function') return;
			this.#openCase(socket, payload).then(answer, (error: unknown) => {
				this.#asks.onFailure(error);
				answer('try-later');
			});
		});
		socket.on('closeCase', (payload) => {
			const parsed = openCaseSchema.safeParse(payload);
			if (parsed.success) socket.data.cases.delete(parsed.data.caseId);
		});
		socket.on('openCaseload', (answer) => {
			if (typeof answer !== 'function') return;
			this.#openCaseload(socket).then(answer, (error: unknown) => {
				this.#asks.onFailure(error);
				answer('try-later');
			});
		});
		this.#seats.welcome(socket);
		socket.emit('serverState', { storing: this.#storing });
	}

	stop(): void {
		this.#news.stop();
		this.#seats.stop();
	}

	async announce(announcement: CaseAnnouncement | MeetingAnnouncement): Promise<void> {
		if (announcement.kind === 'meeting') return this.#seats.announce(announcement.meetingId);
		this.#news.add(announcement);
		if (announcement.kind === 'board') return;
		const { caseId } = announcement;
		const listening = this.#sockets().filter(({ data }) => data.cases.has(caseId));
		if (listening.length === 0) return;
		const may = byPair(
			await this.#asks.readers(
				[caseId],
				listening.map(({ data }) => data.personId),
			),
		);
		const event = eventFor(announcement);
		for (const socket of listening) {
			const reader = may.get(pairKey(caseId, socket.data.personId));
			if (reader && mayHear(reader, announcement)) socket.emit('caseChanged', event);
		}
	}

	async rightsChanged(changes: readonly ChangedRights[]): Promise<void> {
		this.#rightsVersion += 1;
		const touched = this.#sockets().flatMap((socket) => {
			const caseIds = [...socket.data.cases.keys()].filter((caseId) =>
				changes.some((change) => concerns(change, caseId, socket.data.personId)),
			);
			const isTheirs = changes.some(({ personId }) => personId === null || personId === socket.data.personId);
			return isTheirs ? [{ socket, caseIds }] : [];
		});
		if (touched.length === 0) return;
		await this.#endDeadSessions(touched.map(({ socket }) => socket));
		const personIds = touched.map(({ socket }) => socket.data.personId);
		const now = byPair(
			await this.#asks.readers(
				touched.flatMap(({ caseIds }) => caseIds),
				personIds,
			),
		);
		for (const { socket, caseIds } of touched)
			for (const caseId of caseIds) tell(socket, caseId, now.get(pairKey(caseId, socket.data.personId)));
		await this.#seats.rightsChanged(touched.map(({ socket }) => socket));
		await this.#tellCaseloads(touched.map(({ socket }) => socket));
	}

	/** Which rows came, went or show something else now. */
	async #tellCaseloads(touched: readonly RoomSocket[]): Promise<void> {
		const pages = touched.filter(({ data }) => data.caseload);
		const now = Map.groupBy(await this.#asks.caseloads(pages.map(({ data }) => data.personId)), ({ actor }) => actor.personId);
		for (const page of pages) tellCaseload(page, caseloadOf(now.get(page.data.personId) ?? []));
	}

	/** Looks at those whose sign-in should have run out: it may have been prolonged. */
	async sweep(): Promise<void> {
		const nowMs = this.#asks.now().getTime();
		for (const socket of this.#sockets().filter(({ data }) => data.expiresAtMs <= nowMs)) {
			const signedIn = await this.#asks.authenticate(headersOf(socket.handshake.headers));
			if (signedIn?.sessionId === socket.data.sessionId) socket.data.expiresAtMs = signedIn.expiresAt.getTime();
			else sayGoodbye(socket);
		}
	}

	setStoring(storing: boolean): void {
		this.#storing = storing;
		this.#io.emit('serverState', { storing });
	}

	async #openCase(socket: RoomSocket, payload: unknown): Promise<OpenCaseAnswer> {
		const parsed = openCaseSchema.safeParse(payload);
		if (!parsed.success || socket.data.cases.size >= MAX_CASES_PER_SOCKET) return 'bad-request';
		const { caseId } = parsed.data;
		const reader = await this.#readerNow(caseId, socket);
		if (!reader || !socket.connected) return 'not-found';
		socket.data.cases.set(caseId, reader);
		return 'open';
	}

	async #openCaseload(socket: RoomSocket): Promise<'open'> {
		for (;;) {
			const version = this.#rightsVersion;
			const readers = await this.#asks.caseloads([socket.data.personId]);
			if (version !== this.#rightsVersion) continue;
			socket.data.caseload = caseloadOf(readers);
			return 'open';
		}
	}

	/** Asks again when rights changed while the answer was under way: nobody else would ask for this page. */
	async #readerNow(caseId: CaseId, socket: RoomSocket): Promise<Reader | undefined> {
		for (;;) {
			const version = this.#rightsVersion;
			const [reader] = await this.#asks.readers([caseId], [socket.data.personId]);
			if (version === this.#rightsVersion) return reader;
		}
	}

	async #endDeadSessions(sockets: readonly RoomSocket[]): Promise<void> {
		const alive = await this.#asks.liveSessions(sockets.map(({ data }) => data.sessionId));
		for (const socket of sockets) if (!alive.has(socket.data.sessionId)) sayGoodbye(socket);
	}

	#sockets(): RoomSocket[] {
		return [...this.#io.of('/').sockets.values()];
	}
}

function concerns(change: ChangedRights, caseId: CaseId, personId: string): boolean {
	return (change.caseId === null || change.caseId === caseId) && (change.personId === null || change.personId === personId);
}

function tell(socket: RoomSocket, caseId: CaseId, after: Reader | undefined): void {
	const before = socket.data.cases.get(caseId);
	if (!before || !socket.connected) return;
	if (after) socket.data.cases.set(caseId, after);
	else socket.data.cases.delete(caseId);
	const access = compareAccess(before, after);
	if (access) socket.emit('rightsChanged', { caseId, access });
}

function tellCaseload(socket: RoomSocket, after: ReadonlyMap<CaseId, Reader>): void {
	const before = socket.data.caseload;
	if (!before || !socket.connected) return;
	socket.data.caseload = after;
	for (const caseId of before.keys()) if (!after.has(caseId)) socket.emit('rightsChanged', { caseId, access: 'none' });
	const caseIds = [...after].flatMap(([caseId, reader]) => {
		const known = before.get(caseId);
		return known && compareAccess(known, reader) === undefined ? [] : [caseId];
	});
	if (caseIds.length > 0) socket.emit('caseloadChanged', { caseIds });
}

function caseloadOf(readers: readonly Reader[]): ReadonlyMap<CaseId, Reader> {
	return new Map(readers.map((reader) => [reader.facts.caseId, reader]));
}

function sayGoodbye(socket: RoomSocket): void {
	socket.data.cases.clear();
	socket.data.caseload = undefined;
	socket.emit('signedOut');
	socket.disconnect(true);
}

function byPair(readers: readonly Reader[]): ReadonlyMap<string, Reader> {
	return new Map(readers.map((reader) => [pairKey(reader.facts.caseId, reader.actor.personId), reader]));
}
