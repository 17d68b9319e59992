import { SIGNED_OUT } from '../../../board/room-words.ts';
import type { PersonId } from '../../../domain/ids.ts';
import { LineWatch } from './line-watch.ts';
import { RoomSocket } from './room-socket.ts';
import { aheadBy } from './server-clock.ts';

export interface ServerLineOptions {
	/** Whose page it is: the browser's cookie may have become somebody else's. */
	readonly personId: PersonId;
	readonly onlost: () => void;
	readonly onback: () => void;
	readonly onretry: () => void;
	readonly onsignedout: () => void;
	readonly onstoring: (storing: boolean) => void;
	/** How far the server's clock is ahead of the device's, told again and again: by what a page was rendered with it is late. */
	readonly onclock: (aheadMs: number) => void;
	/** Connected, for the first time or again: say what this page follows. */
	readonly onconnect: () => void;
	readonly ondisconnect: () => void;
}

/** A page's socket to the meeting room, and whether the server answers at all; what travels on it is its owner's. */
export class ServerLine {
	readonly socket: RoomSocket;
	readonly #options: ServerLineOptions;
	readonly #watch: LineWatch;

	constructor(options: ServerLineOptions) {
		this.#options = options;
		const socket = new RoomSocket(location.origin, { person: options.personId });
		this.socket = socket;
		this.#watch = new LineWatch({
			ask: (answered) => {
				if (!socket.connected) return;
				const askedMs = Date.now();
				socket.emit('stillThere', (nowMs) => {
					const aheadMs = aheadBy(nowMs, askedMs, Date.now());
					if (aheadMs !== undefined) options.onclock(aheadMs);
					answered();
				});
			},
			onlost: options.onlost,
			onback: options.onback,
			onretry: () => this.retry(),
		});
		socket.on('connect', () => {
			this.#watch.heard();
			options.onconnect();
		});
		socket.on('disconnect', () => options.ondisconnect());
		socket.on('connect_error', ({ message }) => {
			if (message === SIGNED_OUT) options.onsignedout();
		});
		socket.on('signedOut', () => options.onsignedout());
		socket.on('serverState', (state) => {
			if (isRecord(state)) options.onstoring(state.storing !== false);
		});
	}

	/** Also starts again after `stop`. */
	start(): void {
		this.socket.connect();
		this.#watch.start();
	}

	stop(): void {
		this.#watch.stop();
		this.socket.disconnect();
	}

	/** A new socket at once, whatever the old one believes. */
	retry(): void {
		this.socket.disconnect();
		this.socket.connect();
		this.#options.onretry();
	}
}

/**
 * The schemas of room-events.ts would bring zod into every first load (30 kB); a page believes its own server, looks
 * only at these few words, and fetches whatever they are about.
 */
export function isRecord<Payload>(payload: Payload): payload is Payload & object {
	return typeof payload === 'object' && payload !== null;
}
