import { OFFLINE_AFTER_MS, STILL_THERE_EVERY_MS } from '../../../board/room-words.ts';

/**
 * Tells "offline" from answers alone. A visible page asks each second; the verdict falls a little before the three
 * seconds are over, so that the banner stands there when they are. A hidden tab is throttled and says nothing.
 */
export interface LineWatchOptions {
	/** Asks the server; calls back when it answers. */
	readonly ask: (answered: () => void) => void;
	readonly onlost: () => void;
	readonly onback: () => void;
	/** Tried now and then while the line is lost. */
	readonly onretry: () => void;
}

const VERDICT_MS = OFFLINE_AFTER_MS - STILL_THERE_EVERY_MS / 2;
const RETRY_MS = 6_000;
const RETRY_SPREAD_MS = 4_000;

export class LineWatch {
	readonly #options: LineWatchOptions;
	#verdict: ReturnType<typeof setTimeout> | undefined;
	#beat: ReturnType<typeof setInterval> | undefined;
	#retry: ReturnType<typeof setTimeout> | undefined;
	#lost = false;

	constructor(options: LineWatchOptions) {
		this.#options = options;
	}

	start(): void {
		document.addEventListener('visibilitychange', this.#look);
		addEventListener('offline', this.#lose);
		addEventListener('online', this.#online);
		this.#look();
		if (this.#lost) this.#scheduleRetry();
	}

	stop(): void {
		document.removeEventListener('visibilitychange', this.#look);
		removeEventListener('offline', this.#lose);
		removeEventListener('online', this.#online);
		this.#pause();
		clearTimeout(this.#retry);
	}

	/** Anything heard from the server counts. */
	readonly heard = (): void => {
		if (document.visibilityState === 'visible') this.#arm();
		if (!this.#lost) return;
		this.#lost = false;
		clearTimeout(this.#retry);
		this.#options.onback();
	};

	readonly #look = (): void => {
		this.#pause();
		if (document.visibilityState !== 'visible') return;
		this.#arm();
		this.#options.ask(this.heard);
		this.#beat = setInterval(() => this.#options.ask(this.heard), STILL_THERE_EVERY_MS);
	};

	readonly #online = (): void => {
		if (this.#lost) this.#options.onretry();
	};

	#pause(): void {
		clearInterval(this.#beat);
		clearTimeout(this.#verdict);
	}

	#arm(): void {
		clearTimeout(this.#verdict);
		this.#verdict = setTimeout(this.#lose, VERDICT_MS);
	}

	readonly #lose = (): void => {
		if (this.#lost) return;
		this.#lost = true;
		this.#options.onlost();
		this.#scheduleRetry();
	};

	#scheduleRetry(): void {
		this.#retry = setTimeout(
			() => {
				this.#options.onretry();
				this.#scheduleRetry();
			},
			RETRY_MS + Math.random() * RETRY_SPREAD_MS,
		);
	}
}
