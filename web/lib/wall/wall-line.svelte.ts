import { io, type Socket } from 'socket.io-client';
import {
	UNKNOWN_SCREEN,
	WALL_NAMESPACE,
	wallFrameSchema,
	type ServerToWall,
	type WallFrame,
	type WallToServer,
} from '../../../board/wall-events.ts';
import { apiOf } from '../api/client.ts';
import { LineWatch } from '../board/line-watch.ts';

const ASK_AGAIN_MS = 5_000;

/** `lost` while the server does not answer: then the screen keeps nothing it was shown. */
export type WallView = WallFrame | { readonly shows: 'fetching' | 'failed' | 'lost' };

/** The screen's line to the server: it is told what to show, and says only that it is there. */
export class WallLine {
	view = $state.raw<WallView>({ shows: 'fetching' });
	/** On the screen's own clock; a frame's `now` is the server's at that moment. */
	shownAtMs = $state(0);
	/** How far the server's clock is ahead of the screen's; undefined before the server said anything. */
	aheadMs = $state.raw<number | undefined>();
	readonly #socket: Socket<ServerToWall, WallToServer>;
	readonly #watch: LineWatch;
	#again: ReturnType<typeof setTimeout> | undefined;
	#wasPairing = false;

	constructor() {
		const socket: Socket<ServerToWall, WallToServer> = io(WALL_NAMESPACE, { transports: ['websocket'], autoConnect: false });
		this.#socket = socket;
		this.#watch = new LineWatch({
			ask: (answered) => {
				if (socket.connected) socket.emit('stillThere', answered);
			},
			onlost: () => this.#show({ shows: 'lost' }),
			onback: () => this.#reconnect(),
			onretry: () => this.#reconnect(),
		});
		socket.on('wallShows', (raw) => this.#told(wallFrameSchema.parse(raw)));
		socket.on('disconnect', (reason) => {
			if (reason === 'io client disconnect') return;
			this.#show({ shows: 'lost' });
			if (reason === 'io server disconnect') this.#later(() => socket.connect());
		});
		socket.on('connect_error', ({ message }) => {
			if (message === UNKNOWN_SCREEN) void this.askForCode();
			else if (!socket.active) this.#later(() => socket.connect());
		});
	}

	start(): void {
		this.#socket.connect();
		this.#watch.start();
	}

	stop(): void {
		clearTimeout(this.#again);
		this.#watch.stop();
		this.#socket.disconnect();
	}

	/** Makes this screen a new one, which shows nothing until a lead types its code. */
	async askForCode(): Promise<void> {
		this.#show({ shows: 'fetching' });
		const isMade = await apiOf(fetch)
			.api.wall.screens.$post()
			.then(async (answer) => {
				await answer.text(); // a body nobody reads keeps its connection
				return answer.ok;
			})
			.catch(() => false);
		if (isMade) return this.#reconnect();
		this.#show({ shows: 'failed' });
		this.#later(() => void this.askForCode());
	}

	#told(frame: WallFrame): void {
		// A code nobody typed in time: show the next one. After a meeting a person asks for it.
		if (frame.shows === 'nothing' && this.#wasPairing) return void this.askForCode();
		this.#wasPairing = frame.shows === 'pairing';
		this.#show(frame);
	}

	#show(view: WallView): void {
		this.view = view;
		this.shownAtMs = Date.now();
		if ('now' in view) this.aheadMs = Date.parse(view.now) - this.shownAtMs;
	}

	/** A new socket is told the whole picture; nothing older is believed. */
	#reconnect(): void {
		this.#socket.disconnect();
		this.#socket.connect();
	}

	#later(work: () => void): void {
		clearTimeout(this.#again);
		this.#again = setTimeout(work, ASK_AGAIN_MS);
	}
}
