import * as encoding from 'lib0/encoding';
import { ByteReader } from './byte-reader.ts';
import { MAX_CLIENT_ID, MAX_CLOCK } from './limits.ts';

/**
 * The frames of the stock y-websocket protocol, and the two of ours (board/durable-ack.ts). One message a frame: the
 * stock client reads no more. Nothing here knows a document.
 */
export type Frame =
	| { readonly type: 'step-1'; readonly stateVector: Uint8Array; readonly knowsNothing: boolean }
	| { readonly type: 'step-2'; readonly update: Uint8Array }
	| { readonly type: 'update'; readonly update: Uint8Array }
	| { readonly type: 'awareness'; readonly entries: Uint8Array }
	| { readonly type: 'awareness-query' };

/** Frames of type 0, which are counted by both sides and acknowledged. */
export type SyncFrame = Extract<Frame, { type: 'step-1' | 'step-2' | 'update' }>;

const MESSAGE_SYNC = 0;
const MESSAGE_AWARENESS = 1;
const MESSAGE_AWARENESS_QUERY = 3;
const SYNC_STEP_1 = 0;
const SYNC_STEP_2 = 1;
const SYNC_UPDATE = 2;

/** @throws {RangeError} on a frame we do not speak; the session ends with 4400 */
export function parseFrame(bytes: Uint8Array): Frame {
	const reader = new ByteReader(bytes);
	const frame = readFrame(reader);
	reader.expectEnd();
	return frame;
}

function readFrame(reader: ByteReader): Frame {
	switch (reader.varUint()) {
		case MESSAGE_SYNC:
			return readSyncFrame(reader);
		case MESSAGE_AWARENESS:
			return { type: 'awareness', entries: reader.varBytes() };
		case MESSAGE_AWARENESS_QUERY:
			return { type: 'awareness-query' };
		default:
			throw new RangeError('unknown-message');
	}
}

function readSyncFrame(reader: ByteReader): SyncFrame {
	switch (reader.varUint()) {
		case SYNC_STEP_1:
			return readStep1(reader.varBytes());
		case SYNC_STEP_2:
			return { type: 'step-2', update: reader.varBytes() };
		case SYNC_UPDATE:
			return { type: 'update', update: reader.varBytes() };
		default:
			throw new RangeError('unknown-sync-message');
	}
}

function readStep1(stateVector: Uint8Array): SyncFrame {
	const reader = new ByteReader(stateVector);
	const clients = reader.count();
	for (let index = 0; index < clients; index++) {
		reader.varUint(MAX_CLIENT_ID);
		reader.varUint(MAX_CLOCK);
	}
	reader.expectEnd();
	return { type: 'step-1', stateVector, knowsNothing: clients === 0 };
}

export function encodeStep1(stateVector: Uint8Array): Uint8Array {
	return encodeSync(SYNC_STEP_1, stateVector);
}

export function encodeStep2(update: Uint8Array): Uint8Array {
	return encodeSync(SYNC_STEP_2, update);
}

export function encodeUpdate(update: Uint8Array): Uint8Array {
	return encodeSync(SYNC_UPDATE, update);
}

function encodeSync(kind: number, payload: Uint8Array): Uint8Array {
	return encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, MESSAGE_SYNC);
		encoding.writeVarUint(encoder, kind);
		encoding.writeVarUint8Array(encoder, payload);
	});
}

/** @param entries as `encodeAwarenessEntries` makes them */
export function encodeAwareness(entries: Uint8Array): Uint8Array {
	return encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, MESSAGE_AWARENESS);
		encoding.writeVarUint8Array(encoder, entries);
	});
}
