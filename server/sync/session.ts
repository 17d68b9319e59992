import type { CloseCode } from '../../board/close-codes.ts';
import type { Access, AdmittedSession } from '../auth/admission.ts';
import { BYTE_BURST, BYTES_PER_SECOND, FRAME_BURST, FRAMES_PER_SECOND, IDLE_TIMEOUT_MS, KEEP_ALIVE_MS } from './limits.ts';
import { RateLimit } from './rate-limit.ts';
import type { Behind } from './slow-reader.ts';

/** What the engine needs of a socket; `ws` has it, and so has a socket in memory. */
export interface RoomSocket {
	send(bytes: Uint8Array): void;
	close(code: number, reason?: string): void;
	terminate(): void;
	ping(): void;
	pause(): void;
	resume(): void;
	readonly bufferedAmount: number;
}

/** joining → live → behind → resyncing → live → ended. A joining session has not been answered yet and is sent nothing else. */
export type SessionState =
	| { readonly phase: 'joining' }
	| { readonly phase: 'live' }
	| { readonly phase: 'behind'; readonly behind: Behind }
	/** It has drained and waits for the difference. */
	| { readonly phase: 'resyncing' }
	/** `keepsFrames`: frames that came before the end still count; not so when the end was a refusal. */
	| { readonly phase: 'ended'; readonly keepsFrames: boolean };

/** A frame built on something we never got: nothing is acknowledged until this session's step 2 has filled it. */
export interface Gap {
	/** The number of that step 2, `NOT_ASKED` while our step 1 has not gone out. */
	readonly answer: number;
	/** Answers that left a gap themselves. */
	readonly asked: number;
}

export const NOT_ASKED = Infinity;

/** One socket in one room. The room changes it; the rules below only look. */
export class Session {
	readonly who: AdmittedSession;
	readonly socket: RoomSocket;
	readonly frames: RateLimit;
	readonly bytes: RateLimit;
	state: SessionState = { phase: 'joining' };
	access: Access;
	expiresAtMs: number;
	/** Frames of type 0: received, handled and durable, acknowledged. */
	received = 0;
	handled = 0;
	acknowledged = 0;
	step1sSent = 0;
	step2sSeen = 0;
	gap: Gap | undefined;
	newClients = 0;
	queuedBytes = 0;
	isPaused = false;
	lastHeardMs: number;
	lastSentMs: number;

	constructor(who: AdmittedSession, socket: RoomSocket, nowMs: number) {
		this.who = who;
		this.socket = socket;
		this.access = who.access;
		this.expiresAtMs = who.expiresAt.getTime();
		this.frames = new RateLimit(FRAMES_PER_SECOND, FRAME_BURST, nowMs);
		this.bytes = new RateLimit(BYTES_PER_SECOND, BYTE_BURST, nowMs);
		this.lastHeardMs = nowMs;
		this.lastSentMs = nowMs;
	}

	send(bytes: Uint8Array, nowMs: number): void {
		if (this.state.phase === 'ended') return;
		this.lastSentMs = nowMs;
		this.socket.send(bytes);
	}

	/** Ends it from our side. A refusal takes back what still waits; a restart or a slow reader does not. */
	close(code: CloseCode): void {
		if (this.state.phase === 'ended') return;
		this.state = { phase: 'ended', keepsFrames: code < 4400 };
		this.socket.close(code);
	}
}

/** Whether its waiting frames still count. */
export function isHeard(session: Session): boolean {
	return session.state.phase !== 'ended' || session.state.keepsFrames;
}

export function hasTimedOut(session: Session, nowMs: number): boolean {
	return nowMs - session.lastHeardMs > IDLE_TIMEOUT_MS;
}

export function needsKeepAlive(session: Session, nowMs: number): boolean {
	return session.state.phase !== 'behind' && nowMs - session.lastSentMs >= KEEP_ALIVE_MS;
}

export function hasExpired(session: Session, nowMs: number): boolean {
	return nowMs >= session.expiresAtMs;
}
