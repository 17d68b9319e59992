import { io, type Socket } from 'socket.io-client';
import type { CaseChanged, ClientToServer, RightsChanged, ServerToClient } from '../../../board/room-events.ts';
import { SIGNED_OUT } from '../../../board/room-words.ts';
import type { CaseId, PersonId } from '../../../domain/ids.ts';
import { LineWatch } from './line-watch.ts';

export interface RoomLineOptions {
	readonly caseId: CaseId;
	/** Whose page it is: the browser's cookie may have become somebody else's. */
	readonly personId: PersonId;
	readonly onlost: () => void;
	readonly onback: () => void;
	readonly onretry: () => void;
	readonly onsignedout: () => void;
	readonly onstoring: (storing: boolean) => void;
	readonly onchanged: (change: CaseChanged) => void;
	readonly onrights: (change: RightsChanged) => void;
	/** Heard again after a gap: whatever was announced meanwhile was missed. */
	readonly onmissed: () => void;
}

const MAX_DELAY_MS = 5_000;
const ASK_AGAIN_MS = 2_000;

/** The page's line to the meeting room: announcements, changed rights, and whether the server answers at all. */
export class RoomLine {
	readonly #options: RoomLineOptions;
	readonly #socket: Socket<ServerToClient, ClientToServer>;
	readonly #watch: LineWatch;
	#opened = false;
	#askAgain: ReturnType<typeof setTimeout> | undefined;

	constructor(options: RoomLineOptions) {
		this.#options = options;
		const socket: Socket<ServerToClient, ClientToServer> = io({
			transports: ['websocket'],
			autoConnect: false,
			reconnectionDelayMax: MAX_DELAY_MS,
			auth: { person: options.personId },
		});
		this.#socket = socket;
		this.#watch = new LineWatch({
			ask: (answered) => {
				if (socket.connected) socket.emit('stillThere', answered);
			},
			onlost: options.onlost,
			onback: options.onback,
			onretry: () => this.retry(),
		});
		socket.on('connect', () => this.#open());
		socket.on('disconnect', () => clearTimeout(this.#askAgain));
		socket.on('connect_error', ({ message }) => {
			if (message === SIGNED_OUT) options.onsignedout();
		});
		socket.on('signedOut', () => options.onsignedout());
		socket.on('serverState', (state) => {
			if (isRecord(state)) options.onstoring(state.storing !== false);
		});
		socket.on('caseChanged', (change) => {
			if (isRecord(change) && change.caseId === options.caseId) options.onchanged(change);
		});
		socket.on('rightsChanged', (change) => {
			if (isRecord(change) && change.caseId === options.caseId) options.onrights(change);
		});
	}

	/** Also starts again after `stop`. */
	start(): void {
		this.#socket.connect();
		this.#watch.start();
	}

	stop(): void {
		this.#watch.stop();
		this.#socket.disconnect();
	}

	/** A new socket at once, whatever the old one believes. */
	retry(): void {
		this.#socket.disconnect().connect();
		this.#options.onretry();
	}

	#open(): void {
		this.#watch.heard();
		this.#socket.emit('openCase', { caseId: this.#options.caseId }, (answer) => {
			if (answer === 'not-found') this.#options.onrights({ caseId: this.#options.caseId, access: 'none' });
			else if (answer === 'try-later') this.#askAgain = setTimeout(() => this.#open(), ASK_AGAIN_MS);
			else {
				if (this.#opened) this.#options.onmissed();
				this.#opened = true;
			}
		});
	}
}

/**
 * The schemas of room-events.ts would bring zod into every first load (30 kB); a page believes its own server, looks
 * only at these few words, and fetches whatever they are about.
 */
function isRecord<Payload>(payload: Payload): payload is Payload & object {
	return typeof payload === 'object' && payload !== null;
}
