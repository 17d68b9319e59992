import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { CLOSE, type CloseCode } from '../../board/close-codes.ts';
import { parseDocName } from '../../board/doc-name.ts';
import { BOARD_SCHEMA_VERSION } from '../../board/schema.ts';
import type { Admission } from '../auth/admission.ts';
import { Turnstile } from '../crowd/turnstile.ts';
import { BoardSocket } from './board-socket.ts';
import type { DocumentLog } from './document-log.ts';
import { parseFrame } from './frame.ts';
import {
	ADMISSION_PATIENCE_MS,
	ADMISSIONS_AT_ONCE,
	DRAFTS_MADE_AT_ONCE,
	MAX_FRAME_BYTES,
	MAX_PAYLOAD_BYTES,
	MAX_PENDING_ADMISSIONS,
} from './limits.ts';
import type { SyncMetrics } from './metrics.ts';
import type { Rights } from './rights.ts';
import type { Room } from './room.ts';
import type { Rooms } from './rooms.ts';
import { Session } from './session.ts';

export interface Door {
	readonly admission: Pick<Admission, 'admit'>;
	readonly log: DocumentLog;
	readonly rooms: Rooms;
	readonly rights: Rights;
	readonly metrics: SyncMetrics;
	readonly nowMs: () => number;
	readonly isOpen: () => boolean;
	onFailure(error: unknown): void;
}

interface Inside extends Door {
	/** Makes drafts that are not there yet. */
	open: DocumentLog['open'];
}

/**
 * Lets sockets in. A refusal before the upgrade looks like 1006 in a browser, so everybody is let through the
 * handshake; nothing is read and nothing is sent until admission has answered.
 */
export function createUpgrade(door: Door): (request: IncomingMessage, socket: Duplex, head: Buffer) => void {
	const server = new WebSocketServer({
		noServer: true,
		clientTracking: false,
		perMessageDeflate: false,
		maxPayload: MAX_PAYLOAD_BYTES,
		WebSocket: BoardSocket,
	});
	const turnstile = new Turnstile(ADMISSIONS_AT_ONCE);
	const openings = new Turnstile(DRAFTS_MADE_AT_ONCE);
	const inside: Inside = { ...door, open: (name) => openings.pass(() => door.log.open(name)) };
	let pending = 0;
	return (request, socket, head) => {
		server.handleUpgrade(request, socket, head, (ws) => {
			ws.carriedBy(socket);
			ws.on('error', () => {}); // always followed by close, which is handled
			if (!door.isOpen()) return ws.close(CLOSE.restarting);
			if (pending >= MAX_PENDING_ADMISSIONS) return ws.close(CLOSE.tryLater);
			ws.pause();
			pending++;
			const sinceMs = door.nowMs();
			void turnstile.pass(() => letIn(inside, request, ws, sinceMs)).finally(() => pending--);
		});
	};
}

async function letIn(door: Inside, request: IncomingMessage, ws: WebSocket, sinceMs: number): Promise<void> {
	try {
		const isTooLate = door.nowMs() - sinceMs > ADMISSION_PATIENCE_MS;
		const refusal = isTooLate ? CLOSE.tryLater : await admit(door, request, ws);
		if (refusal === undefined) return;
		door.metrics.refusals.inc({ reason: String(refusal) });
		ws.close(refusal);
	} catch (error) {
		door.onFailure(error);
		ws.close(CLOSE.tryLater);
	} finally {
		ws.resume();
	}
}

/** @returns the code to close with, or nothing when the socket is in its room */
async function admit(door: Inside, request: IncomingMessage, ws: WebSocket): Promise<CloseCode | undefined> {
	const url = new URL(request.url ?? '/', 'http://localhost');
	const name = parseDocName(url.pathname.slice('/sync/'.length));
	if (!name) return CLOSE.notFound;
	if (isTooOld(url.searchParams.get('schema'))) return CLOSE.clientTooOld;
	const generation = door.rights.generation;
	const answer = await door.admission.admit(request, name, url.searchParams.get('person'));
	if (answer.kind === 'refused') return answer.closeCode;
	const handle = answer.document ?? (await door.open(name));
	if (!handle) return CLOSE.notFound;
	if (handle.epoch !== name.epoch) return handle.epoch > name.epoch ? CLOSE.oldEpoch : CLOSE.notFound;
	if (ws.readyState !== ws.OPEN) return undefined;
	if (!door.isOpen()) return CLOSE.restarting;
	const session = new Session(answer.session, ws, door.nowMs());
	const room = enter(door.rooms, name, handle.documentId, session);
	listen(door, ws, room, session);
	if (door.rights.generation !== generation) void door.rights.review([[room, session]]);
	return undefined;
}

/** A client that does not say which shape it knows is a tool, not one of our pages: it may see what there is. */
export function isTooOld(schema: string | null, version: number = BOARD_SCHEMA_VERSION): boolean {
	return schema !== null && !(Number(schema) >= version);
}

function enter(rooms: Rooms, name: Room['name'], documentId: Room['documentId'], session: Session): Room {
	const room = rooms.open(name, documentId);
	if (!room.join(session)) throw new Error('a room that has gone was still registered');
	return room;
}

function listen(door: Door, ws: WebSocket, room: Room, session: Session): void {
	ws.on('message', (data: Buffer, isBinary) => {
		const nowMs = door.nowMs();
		session.lastHeardMs = nowMs;
		if (session.state.phase === 'ended') return;
		const refusal = isBinary ? receive(room, session, data, nowMs) : CLOSE.badFrame;
		if (refusal === undefined) return;
		door.metrics.refusals.inc({ reason: String(refusal) });
		room.expel(session, refusal);
	});
	ws.on('pong', () => (session.lastHeardMs = door.nowMs()));
	ws.on('close', () => {
		if (session.state.phase !== 'ended') session.state = { phase: 'ended', keepsFrames: true };
		room.leave(session);
	});
}

function receive(room: Room, session: Session, data: Buffer, nowMs: number): CloseCode | undefined {
	if (data.length > MAX_FRAME_BYTES) return CLOSE.tooLarge;
	if (!session.frames.take(1, nowMs) || !session.bytes.take(data.length, nowMs)) return CLOSE.tooFast;
	try {
		room.receive(session, parseFrame(new Uint8Array(data.buffer, data.byteOffset, data.length)));
		return undefined;
	} catch (error) {
		if (error instanceof RangeError || error instanceof TypeError) return CLOSE.badFrame;
		throw error;
	}
}
