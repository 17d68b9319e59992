import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import { CLOSE } from '../../board/close-codes.ts';

/** RFC 6455, section 7.4.1. */
const MESSAGE_TOO_BIG = 1009;

/** RFC 6455, section 5.2: the last frame of a binary message; a server's is not masked. */
const BINARY = 0x82;
const LENGTH_IN_2_BYTES = 126;

/** A larger message is left to the library, which copies nothing: a crowd that joins is sent one and the same document. */
const MOST_COPIED_BYTES = 4 * 1024;

/**
 * The library's socket with two changes. A small message to a crowd is framed once and written as one piece, where the
 * library makes a header and two writes for each socket (record 0022). And a frame beyond `maxPayload` ends with our code:
 * the library's 1009 lets a stock client come back with the same frame for ever.
 */
export class BoardSocket extends WebSocket {
	#stream: Duplex | undefined;

	/** @param stream the upgraded connection: uncompressed, so nothing of the library's waits to be written to it */
	carriedBy(stream: Duplex): void {
		this.#stream = stream;
	}

	/** Nothing is sent once the socket is closing. */
	override send(message: Uint8Array): void {
		if (!this.#stream) throw new Error('a socket was used before it was carried by its connection');
		if (this.readyState !== WebSocket.OPEN) return;
		if (message.length > MOST_COPIED_BYTES) super.send(message);
		else this.#stream.write(framed(message));
	}

	override close(code?: number, reason?: string | Buffer): void {
		super.close(code === MESSAGE_TOO_BIG ? CLOSE.tooLarge : code, reason);
	}
}

/** What was sent last: a crowd is sent the same message one after the other. */
let last: { readonly message: Uint8Array; readonly frame: Buffer } | undefined;

function framed(message: Uint8Array): Buffer {
	if (last?.message !== message) last = { message, frame: Buffer.concat([headerOf(message.length), message]) };
	return last.frame;
}

function headerOf(length: number): Buffer {
	if (length < LENGTH_IN_2_BYTES) return Buffer.from([BINARY, length]);
	return Buffer.from([BINARY, LENGTH_IN_2_BYTES, length >> 8, length & 0xff]);
}
