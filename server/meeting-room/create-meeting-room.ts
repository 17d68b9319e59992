/** The live room beside the documents: who is told what just happened, and whether the server is still there. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { Server } from 'socket.io';
import type { ClientToServer, ServerToClient } from '../../board/room-events.ts';
import { BAD_ORIGIN, SIGNED_OUT } from '../../board/room-words.ts';
import type { MeetingId } from '../../domain/ids.ts';
import { headersOf } from '../auth/admission.ts';
import type { Authenticate } from '../auth/authenticate.ts';
import type { LiveSessions } from '../auth/live-sessions.ts';
import { isAnotherPersonsPage } from '../auth/expected-person.ts';
import { isFromOurPages } from '../auth/origin.ts';
import type { RightsListener } from '../auth/rights-watch.ts';
import type { Announcement } from '../commands/announcement.ts';
import type { StampAttendance } from '../commands/meeting/stamp-attendance.ts';
import type { Caseloads, CaseReaders } from '../queries/case/case-readers.ts';
import type { MeetingPlaces } from '../queries/meeting/meeting-places.ts';
import type { WallPictures } from '../queries/wall/wall-pictures.ts';
import { MeetingRoom } from './meeting-room.ts';
import type { RoomSocket, SocketData } from './room-socket.ts';
import { WallRoom } from './wall-room.ts';

export interface MeetingRoomDeps {
	readonly authenticate: Authenticate;
	readonly liveSessions: LiveSessions;
	readonly readers: CaseReaders;
	readonly caseloads: Caseloads;
	readonly meetings: MeetingPlaces;
	readonly stampAttendance: StampAttendance;
	readonly walls: WallPictures;
	readonly now: () => Date;
	readonly trustedOrigins: readonly string[];
	readonly onFailure: (error: unknown) => void;
}

/** For main.ts: two doors, what commands announce, and what the watch over rights says. */
export interface MeetingRoomDoor extends RightsListener {
	handleRequest(request: IncomingMessage, response: ServerResponse): void;
	handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
	announce(announcement: Announcement): void;
	readonly sockets: number;
	close(): Promise<void>;
}

/** Payloads are ids and acknowledgements. */
const MAX_MESSAGE_BYTES = 4_096;
const CONNECT_TIMEOUT_MS = 10_000;
/** A line nobody answers on is dead after both together: until then it counts as somebody being here. */
const PING_INTERVAL_MS = 5_000;
const PING_TIMEOUT_MS = 5_000;
/** A sign-in that ran out is noticed this soon; one that was ended, by the outbox, within a second. */
const SWEEP_EVERY_MS = 5_000;
/** A change of rights that could not be looked at is not forgotten. */
const RETRY_MS = 500;

export function createMeetingRoom(deps: MeetingRoomDeps): MeetingRoomDoor {
	// A server that never listens: socket.io hangs its two listeners on it, http-server.ts alone decides who gets what.
	const door = createServer();
	const io = new Server<ClientToServer, ServerToClient, Record<string, never>, SocketData>(door, {
		transports: ['websocket'],
		serveClient: false,
		maxHttpBufferSize: MAX_MESSAGE_BYTES,
		connectTimeout: CONNECT_TIMEOUT_MS,
		pingInterval: PING_INTERVAL_MS,
		pingTimeout: PING_TIMEOUT_MS,
	});
	const room = new MeetingRoom(io, deps);
	const walls = new WallRoom(io, deps);
	let closed = false;
	io.use((socket, next) => void admit(deps, socket).then(() => next(), next));
	io.on('connection', (socket) => room.welcome(socket));
	const sweep = setInterval(() => {
		void room.sweep().catch(deps.onFailure);
		walls.lookAgain();
	}, SWEEP_EVERY_MS);
	const untilDone = async (work: () => Promise<void>): Promise<void> => {
		while (!closed) {
			try {
				return await work();
			} catch (error) {
				deps.onFailure(error);
				await setTimeout(RETRY_MS);
			}
		}
	};
	return {
		handleRequest: (request, response) => void door.emit('request', request, response),
		handleUpgrade: (request, socket, head) => void door.emit('upgrade', request, socket, head),
		announce(announcement) {
			walls.announce(announcement);
			if (announcement.kind === 'rights' || announcement.kind === 'wall' || announcement.kind === 'erased') return;
			void room.announce(announcement).catch(deps.onFailure);
		},
		rightsChanged(changes) {
			walls.lookAgain();
			void untilDone(() => room.rightsChanged(changes));
		},
		lostTouch: () => room.setStoring(false),
		backInTouch: () => room.setStoring(true),
		get sockets() {
			return io.of('/').sockets.size;
		},
		async close() {
			closed = true;
			clearInterval(sweep);
			room.stop();
			await io.close();
			await walls.settle();
		},
	};
}

/** @throws {Error} with a word for `connect_error`; a database that is not reached lets nobody in either. */
async function admit({ authenticate, trustedOrigins }: MeetingRoomDeps, socket: RoomSocket): Promise<void> {
	const headers = headersOf(socket.handshake.headers);
	if (!isFromOurPages(headers, trustedOrigins)) throw new Error(BAD_ORIGIN);
	const signedIn = await authenticate(headers);
	const person: unknown = socket.handshake.auth.person;
	if (!signedIn || isAnotherPersonsPage(signedIn.actor.personId, person)) throw new Error(SIGNED_OUT);
	const { sessionId, actor, expiresAt } = signedIn;
	const follows = { cases: new Map(), caseload: undefined, meetings: new Set<MeetingId>() };
	socket.data = { sessionId, personId: actor.personId, expiresAtMs: expiresAt.getTime(), ...follows };
}
