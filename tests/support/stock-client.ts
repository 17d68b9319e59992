import * as decoding from 'lib0/decoding';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';

/** An unmodified y-websocket client in Node, with what a browser would add: cookie and origin. It counts as DurableAck does. */
export interface StockClient {
	readonly doc: Y.Doc;
	readonly provider: WebsocketProvider;
	/** Type-0 frames sent on the present socket, and how many of them the server says are durable. */
	readonly sent: () => number;
	readonly acknowledged: () => number;
	readonly isDurable: () => boolean | undefined;
	/** Everything written here is stored. */
	readonly isSaved: () => boolean;
	readonly closeCodes: number[];
	/** Every frame received, for looking at the wire. */
	readonly wire: Uint8Array[];
	destroy(): void;
}

export interface StockClientOptions {
	readonly serverUrl: string;
	readonly name: string;
	readonly cookie?: string;
	readonly origin?: string;
	readonly doc?: Y.Doc;
	readonly params?: Record<string, string>;
	readonly connect?: boolean;
}

export function aStockClient(options: StockClientOptions): StockClient {
	const doc = options.doc ?? new Y.Doc();
	const counts = { sent: 0, acknowledged: 0, durable: undefined as boolean | undefined };
	const wire: Uint8Array[] = [];
	const closeCodes: number[] = [];
	const provider = new WebsocketProvider(`${options.serverUrl}/sync`, options.name, doc, {
		disableBc: true,
		maxBackoffTime: 200,
		connect: false,
		params: options.params ?? {},
		WebSocketPolyfill: countingSocket(options, counts, wire) as unknown as typeof globalThis.WebSocket,
	});
	provider.messageHandlers[100] = (_encoder, decoder) => void (counts.acknowledged = decoding.readVarUint(decoder));
	provider.messageHandlers[101] = (_encoder, decoder) => void (counts.durable = decoding.readVarUint(decoder) === 1);
	provider.on('connection-close', (event) => void (event && closeCodes.push(event.code)));
	if (options.connect !== false) provider.connect();
	return {
		doc,
		provider,
		closeCodes,
		wire,
		sent: () => counts.sent,
		acknowledged: () => counts.acknowledged,
		isDurable: () => counts.durable,
		isSaved: () => provider.synced && counts.sent >= 2 && counts.acknowledged === counts.sent,
		destroy: () => {
			provider.destroy();
			doc.destroy();
		},
	};
}

/** Counts type-0 frames per socket: the count starts over with each connection, as the server's does. */
function countingSocket(options: StockClientOptions, counts: { sent: number; acknowledged: number }, wire: Uint8Array[]) {
	return class extends WebSocket {
		constructor(url: string) {
			super(url, {
				headers: { ...(options.cookie && { cookie: options.cookie }), ...(options.origin && { origin: options.origin }) },
				perMessageDeflate: false,
			});
			counts.sent = 0;
			counts.acknowledged = 0;
			this.on('message', (data: ArrayBuffer) => void wire.push(new Uint8Array(data)));
		}

		override send(data: Uint8Array): void {
			if (data[0] === 0) counts.sent++;
			super.send(data);
		}
	};
}
