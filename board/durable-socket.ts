/**
 * The browser's side of the acknowledgement. `durableWebSocket(WebSocket, log)` is given to the stock provider as
 * its `WebSocketPolyfill`: it counts what goes out, reads what the server says is stored, and keeps those frames
 * from the provider, which does not know them. Source: docs/guide/sync.md, "Acknowledgement".
 */
import { decodeDurability, sentFrameOf } from './durable-ack.ts';
import type { SentFrame } from './durable-ack.ts';

/** What is known of this document's way to the team right now. */
export interface SaveState {
	/** A socket is open. */
	readonly connected: boolean;
	/** False without a socket, and while the server says that it cannot store. */
	readonly durable: boolean;
	/** Type-0 frames sent on this socket, and how many of them the server has stored. */
	readonly sent: number;
	readonly acked: number;
	/**
	 * The frame that answered this socket's first step 1 and so carried everything typed while offline;
	 * `undefined` until it is sent. Before it is acknowledged nothing is known to be with the team.
	 */
	readonly answeredAt: number | undefined;
	readonly lastAckedAt: number | undefined;
}

/** What happens on a socket, in order; a new socket counts from 0. */
export type SaveEvent =
	| { readonly kind: 'opened' }
	| { readonly kind: 'sent'; readonly frame: SentFrame }
	| { readonly kind: 'acked'; readonly frames: number; readonly atMs: number }
	| { readonly kind: 'durable'; readonly durable: boolean }
	| { readonly kind: 'closed' };

export const NOTHING_KNOWN: SaveState = {
	connected: false,
	durable: false,
	sent: 0,
	acked: 0,
	answeredAt: undefined,
	lastAckedAt: undefined,
};

export function saveStateAfter(state: SaveState, event: SaveEvent): SaveState {
	switch (event.kind) {
		case 'opened':
			return { ...NOTHING_KNOWN, connected: true, durable: true, lastAckedAt: state.lastAckedAt };
		case 'closed':
			return { ...state, connected: false, durable: false };
		case 'durable':
			return { ...state, durable: event.durable };
		case 'acked':
			return { ...state, acked: Math.max(state.acked, Math.min(event.frames, state.sent)), lastAckedAt: event.atMs };
		case 'sent': {
			const sent = state.sent + 1;
			return { ...state, sent, answeredAt: state.answeredAt ?? (event.frame === 'step-2' ? sent : undefined) };
		}
	}
}

/** Frames the server has not said it stored. */
export function unackedOf(state: SaveState): number {
	return state.sent - state.acked;
}

/** True when everything that was typed before this moment is with the team. */
export function isWithTheTeam(state: SaveState): boolean {
	return state.connected && state.answeredAt !== undefined && unackedOf(state) === 0;
}

/**
 * What the provider gets in place of a frame it does not know: an awareness message about nobody. It must get
 * something, for after 30 s without a message it believes the socket dead.
 */
const NOBODY = Uint8Array.of(1, 1, 0);

/** @param listener told of every event of every socket the provider makes; with a clock for acknowledgements */
export function durableWebSocket(
	Base: typeof WebSocket,
	listener: (event: SaveEvent) => void,
	nowMs: () => number,
): typeof WebSocket {
	return class DurableWebSocket extends Base {
		/** False once a newer socket of the provider took over: a late event of an old one says nothing. */
		static #newest: DurableWebSocket | undefined;

		constructor(url: string | URL, protocols?: string | string[]) {
			super(url, protocols);
			DurableWebSocket.#newest = this;
			this.addEventListener('open', () => this.#tell({ kind: 'opened' }));
			this.addEventListener('close', () => this.#tell({ kind: 'closed' }));
			readFirst(this, (data) => this.#read(data));
		}

		override send(data: string | BufferSource | Blob): void {
			super.send(data);
			const frame = data instanceof Uint8Array && this.readyState === this.OPEN ? sentFrameOf(data) : undefined;
			if (frame) this.#tell({ kind: 'sent', frame });
		}

		/** True when the message was for us. */
		#read(data: unknown): boolean {
			const message = data instanceof ArrayBuffer ? decodeDurability(new Uint8Array(data)) : undefined;
			if (message) this.#tell(message.kind === 'acked' ? { ...message, atMs: nowMs() } : message);
			return message !== undefined;
		}

		#tell(event: SaveEvent): void {
			if (DurableWebSocket.#newest === this) listener(event);
		}
	};
}

type MessageHandler = ((event: MessageEvent) => unknown) | null;

/** Puts `read` before the handler the provider assigns to `onmessage`. */
function readFirst(socket: WebSocket, read: (data: unknown) => boolean): void {
	let handler: MessageHandler = null;
	socket.addEventListener('message', (event) => {
		const ours = read(event.data);
		handler?.call(socket, ours ? new MessageEvent('message', { data: NOBODY.slice().buffer }) : event);
	});
	Object.defineProperty(socket, 'onmessage', {
		configurable: true,
		get: () => handler,
		set: (next: MessageHandler) => {
			handler = next;
		},
	});
}
