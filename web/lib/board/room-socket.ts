/**
 * The page's end of socket.io: one WebSocket, events with answers, and connecting again. The stock client also brings long
 * polling, upgrades, binary events and namespaces: 14 kB gzip that every board would fetch and none uses. The server is the
 * stock one, and tests/web/room-socket.test.ts speaks with it.
 *
 * Source: engine.io-protocol v4 and socket.io-protocol v5. Each message is a digit of the first, then a digit of the second.
 */
import type { ClientToServer, ServerToClient } from '../../../board/room-events.ts';

const OPEN = '0';
const PING = '2';
const PONG = '3';
const CONNECT = '40';
const EVENT = '42';
const ANSWER = '43';
const REFUSED = '44';
/** Packet, number of the answer asked for or given, payload. */
const PACKET = /^(4\d)(\d*)(.*)$/s;

const FIRST_DELAY_MS = 1_000;
/** With its spread under 5 s: whoever is back by then has not left a meeting. */
const MAX_DELAY_MS = 3_000;

interface OwnEvents {
	connect(): void;
	disconnect(): void;
	/** The server would not have us: nothing is tried again until `connect` is called. */
	connect_error(refusal: { readonly message: string }): void;
}
type Heard = ServerToClient & OwnEvents;
type Listener = (...payloads: unknown[]) => void;

export class RoomSocket {
	readonly #url: URL;
	readonly #auth: object;
	readonly #listeners = new Map<string, Set<Listener>>();
	readonly #answers = new Map<string, Listener>();
	#socket: WebSocket | undefined;
	#connected = false;
	#asked = 0;
	#failures = 0;
	#again: ReturnType<typeof setTimeout> | undefined;

	/** @param origin of the server, as the page has it */
	constructor(origin: string, auth: object) {
		this.#url = new URL('/socket.io/?EIO=4&transport=websocket', origin.replace(/^http/, 'ws'));
		this.#auth = auth;
	}

	get connected(): boolean {
		return this.#connected;
	}

	/** Returns what takes the listener off again. */
	on<Name extends keyof Heard>(event: Name, listener: Heard[Name]): () => void {
		const listeners = this.#listeners.get(event) ?? new Set();
		this.#listeners.set(event, listeners.add(listener as Listener));
		return () => void listeners.delete(listener as Listener);
	}

	/** A last function is called with the server's answer, unless the socket is lost before. */
	emit<Name extends keyof ClientToServer>(event: Name, ...payloads: Parameters<ClientToServer[Name]>): void {
		const words: unknown[] = [...payloads];
		const answered = typeof words.at(-1) === 'function' ? (words.pop() as Listener) : undefined;
		const id = answered ? String(this.#asked++) : '';
		if (answered) this.#answers.set(id, answered);
		this.#socket?.send(`${EVENT}${id}${JSON.stringify([event, ...words])}`);
	}

	connect(): void {
		if (this.#socket) return;
		clearTimeout(this.#again);
		const socket = new WebSocket(this.#url);
		this.#socket = socket;
		socket.onmessage = ({ data }) => this.#hear(String(data));
		socket.onclose = () => {
			this.#forget();
			const delayMs = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** this.#failures++);
			// Spread, so that a restarted server is not met by everybody at once.
			this.#again = setTimeout(() => this.connect(), delayMs * (0.5 + Math.random()));
		};
	}

	/** At once, and for good until `connect`. */
	disconnect(): void {
		clearTimeout(this.#again);
		const socket = this.#socket;
		if (!socket) return;
		socket.onmessage = socket.onclose = null;
		socket.close();
		this.#forget();
	}

	#forget(): void {
		this.#socket = undefined;
		this.#answers.clear();
		if (!this.#connected) return;
		this.#connected = false;
		this.#tell('disconnect');
	}

	#hear(message: string): void {
		if (message[0] === OPEN) return this.#socket?.send(CONNECT + JSON.stringify(this.#auth));
		if (message === PING) return this.#socket?.send(PONG);
		const [, packet, id = '', payload = ''] = PACKET.exec(message) ?? [];
		if (packet === CONNECT) {
			this.#connected = true;
			this.#failures = 0;
			this.#tell('connect');
		} else if (packet === EVENT) {
			const [event, ...payloads] = JSON.parse(payload) as [string, ...unknown[]];
			this.#tell(event, ...payloads);
		} else if (packet === ANSWER) {
			const answered = this.#answers.get(id);
			this.#answers.delete(id);
			answered?.(...(JSON.parse(payload) as unknown[]));
		} else if (packet === REFUSED) {
			this.disconnect();
			this.#tell('connect_error', JSON.parse(payload));
		}
	}

	#tell(event: string, ...payloads: unknown[]): void {
		for (const listener of this.#listeners.get(event) ?? []) listener(...payloads);
	}
}
