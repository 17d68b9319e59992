import { DRAINED_BYTES, MAX_BUFFERED_BYTES, NO_AWARENESS_BYTES, RESYNC_BYTES, STALLED_READER_MS } from './limits.ts';

/** A socket that has fallen behind: it is sent nothing until it has drained, then one fresh difference. */
export interface Behind {
	/** What it has been sent so far, as a state vector. */
	readonly stateVector: Uint8Array;
	/** When it is given up. */
	readonly untilMs: number;
	/** What may lie in its buffer: the one large answer that put it here is not its fault. */
	readonly mostBytes: number;
}

/** The slowest line we wait for, in bytes a second: a phone on EDGE. */
const SLOWEST_BYTES_PER_SECOND = 32 * 1024;

export function mayGetAwareness(bufferedBytes: number): boolean {
	return bufferedBytes <= NO_AWARENESS_BYTES;
}

export function isBehind(bufferedBytes: number): boolean {
	return bufferedBytes > RESYNC_BYTES;
}

/** @param answerBytes size of the whole-document answer just sent, 0 when it fell behind on ordinary updates */
export function fallBehind(stateVector: Uint8Array, answerBytes: number, nowMs: number): Behind {
	const graceMs = (answerBytes / SLOWEST_BYTES_PER_SECOND) * 1_000;
	return { stateVector, untilMs: nowMs + STALLED_READER_MS + graceMs, mostBytes: answerBytes + MAX_BUFFERED_BYTES };
}

export function judgeBehind(behind: Behind, bufferedBytes: number, nowMs: number): 'wait' | 'resync' | 'give-up' {
	if (bufferedBytes < DRAINED_BYTES) return 'resync';
	return bufferedBytes > behind.mostBytes || nowMs >= behind.untilMs ? 'give-up' : 'wait';
}
