import { AWARENESS_INTERVAL_MS } from './limits.ts';

/** Paces presence: the first change goes out at once, what follows is gathered. */
export class PresenceClock {
	readonly #spread: () => void;
	readonly #nowMs: () => number;
	#lastMs = -Infinity;
	#timer: NodeJS.Timeout | undefined;

	constructor(spread: () => void, nowMs: () => number) {
		this.#spread = spread;
		this.#nowMs = nowMs;
	}

	changed(): void {
		if (this.#timer) return;
		const waitMs = Math.max(0, this.#lastMs + AWARENESS_INTERVAL_MS - this.#nowMs());
		this.#timer = setTimeout(() => {
			this.#timer = undefined;
			this.#lastMs = this.#nowMs();
			this.#spread();
		}, waitMs);
	}

	stop(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
	}
}
