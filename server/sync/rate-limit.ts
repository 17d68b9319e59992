/** A token bucket: `burst` at once, `perSecond` sustained. */
export class RateLimit {
	readonly #perSecond: number;
	readonly #burst: number;
	#tokens: number;
	#atMs: number;

	constructor(perSecond: number, burst: number, nowMs: number) {
		this.#perSecond = perSecond;
		this.#burst = burst;
		this.#tokens = burst;
		this.#atMs = nowMs;
	}

	/** @returns false when it is too much */
	take(amount: number, nowMs: number): boolean {
		const earned = (Math.max(0, nowMs - this.#atMs) / 1_000) * this.#perSecond;
		this.#tokens = Math.min(this.#burst, this.#tokens + earned);
		this.#atMs = nowMs;
		if (this.#tokens < amount) return false;
		this.#tokens -= amount;
		return true;
	}
}
