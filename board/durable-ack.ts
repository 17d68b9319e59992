/**
 * Two message types beside those of the stock protocol: how the server says what is stored. A client that does not
 * know them logs a line and goes on. Frames and meaning: PROTOCOL.md.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

/** The stock protocol's sync messages; the frames that are counted. */
export const SYNC_MESSAGE = 0;
/** Followed by how many of this socket's type-0 frames are handled and durable (varUint). Repeated as the keep-alive. */
export const ACK_MESSAGE = 100;
/** Followed by 1 or 0: whether the room can store at this moment. */
export const DURABLE_MESSAGE = 101;

/** What the server says of durability. */
export type DurabilityMessage =
	{ readonly kind: 'acked'; readonly frames: number } | { readonly kind: 'durable'; readonly durable: boolean };

/** What a frame the client sends is to the count; others are not counted. */
export type SentFrame = 'step-1' | 'step-2' | 'update';
const SENT_FRAMES: readonly (SentFrame | undefined)[] = ['step-1', 'step-2', 'update'];

export function encodeAck(frames: number): Uint8Array {
	return encode(ACK_MESSAGE, frames);
}

export function encodeDurable(durable: boolean): Uint8Array {
	return encode(DURABLE_MESSAGE, durable ? 1 : 0);
}

/** The message, or `undefined` when the bytes are not one of the two: then they are the stock protocol's. */
export function decodeDurability(bytes: Uint8Array): DurabilityMessage | undefined {
	if (bytes[0] !== ACK_MESSAGE && bytes[0] !== DURABLE_MESSAGE) return undefined;
	const decoder = decoding.createDecoder(bytes);
	const type = decoding.readVarUint(decoder);
	const value = decoding.hasContent(decoder) ? decoding.readVarUint(decoder) : 0;
	return type === ACK_MESSAGE ? { kind: 'acked', frames: value } : { kind: 'durable', durable: value === 1 };
}

/** Tells which of the counted frames these bytes are; `undefined` for everything that is not type 0. */
export function sentFrameOf(bytes: Uint8Array): SentFrame | undefined {
	return bytes[0] === SYNC_MESSAGE && bytes.length > 1 ? SENT_FRAMES[bytes[1]!] : undefined;
}

function encode(type: number, value: number): Uint8Array {
	return encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, type);
		encoding.writeVarUint(encoder, value);
	});
}
