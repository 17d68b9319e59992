/**
 * How each server wants to be spoken to. All carry the stock protocol's messages; what differs is what stands before
 * them, who says hello first, and how a receipt looks.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { ACK_MESSAGE } from '../../board/durable-ack.ts';
import { encodeStep1 } from '../../server/sync/frame.ts';

export interface Dialect {
	readonly path: (document: string) => string;
	/** What a client says when its socket opens, each with the prefix. */
	hello(document: string, stateVector: Uint8Array): readonly Uint8Array[];
	/** What stands before every message, in both directions. */
	prefix(document: string): Uint8Array;
	/** A server that answers the hello with the document; a relay has none. */
	readonly answers: boolean;
	/** How many of a client's frames are acknowledged after this message, when it is a receipt. */
	receipts(message: Uint8Array, before: number): number | undefined;
	/** Of them, how many are no edits: the step 1, where it is receipted, and the answer to the server's. */
	readonly helloReceipts: number;
}

const NOTHING = new Uint8Array(0);
const HOCUSPOCUS_AUTH = 2;
const HOCUSPOCUS_TOKEN = 0;
const HOCUSPOCUS_SYNC_STATUS = 8;

const STOCK: Dialect = {
	path: (document) => `/${document}`,
	hello: (_document, stateVector) => [encodeStep1(stateVector)],
	prefix: () => NOTHING,
	answers: true,
	receipts: () => undefined,
	helloReceipts: 0,
};

export const DIALECTS = {
	ours: {
		...STOCK,
		path: (document) => `/sync/${document}`,
		receipts: (message) => (message[0] === ACK_MESSAGE ? readNumber(message, 1) : undefined),
		helloReceipts: 2,
	},
	stock: STOCK,
	relay: { ...STOCK, hello: () => [], answers: false },
	hocuspocus: {
		...STOCK,
		path: () => '/',
		hello: (document, stateVector) => [token(document), concat(nameOf(document), encodeStep1(stateVector))],
		prefix: nameOf,
		receipts: (message, before) => (message[0] === HOCUSPOCUS_SYNC_STATUS && message[1] === 1 ? before + 1 : undefined),
		helloReceipts: 1,
	},
} as const satisfies Record<string, Dialect>;

function nameOf(document: string): Uint8Array {
	return encoding.encode((encoder) => encoding.writeVarString(encoder, document));
}

function token(document: string): Uint8Array {
	return encoding.encode((encoder) => {
		encoding.writeVarString(encoder, document);
		encoding.writeVarUint(encoder, HOCUSPOCUS_AUTH);
		encoding.writeVarUint(encoder, HOCUSPOCUS_TOKEN);
		encoding.writeVarString(encoder, 'bench');
	});
}

export function concat(first: Uint8Array, second: Uint8Array): Uint8Array {
	return first.length === 0 ? second : Buffer.concat([first, second]);
}

function readNumber(bytes: Uint8Array, from: number): number {
	return decoding.readVarUint(decoding.createDecoder(bytes.subarray(from)));
}
