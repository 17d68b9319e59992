import { createSubscriber } from 'svelte/reactivity';

const SECOND_MS = 1_000;

/** The device's time, told again each second while somebody looks. */
export class Clock {
	readonly #subscribe = createSubscriber((update) => {
		const beat = setInterval(update, SECOND_MS);
		return () => clearInterval(beat);
	});

	/** Milliseconds since 1970. */
	get nowMs(): number {
		this.#subscribe();
		return Date.now();
	}
}
