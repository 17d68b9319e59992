/** Chance that is the same every time: the demo tells the same stories on every machine. */
export class Chance {
	#state: number;

	constructor(seed: string) {
		let hash = 2_166_136_261;
		for (const letter of seed) hash = Math.imul(hash ^ letter.codePointAt(0)!, 16_777_619);
		this.#state = hash >>> 0;
	}

	/** A number in [0, 1). Source: mulberry32, public domain. */
	next(): number {
		this.#state = (this.#state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	}

	/** True in `share` of the cases. */
	happens(share: number): boolean {
		return this.next() < share;
	}

	/** A whole number from `low` to `high`, both included. */
	between(low: number, high: number): number {
		return low + Math.floor(this.next() * (high - low + 1));
	}

	/** @throws {RangeError} on an empty list. */
	oneOf<Thing>(things: readonly Thing[]): Thing {
		if (things.length === 0) throw new RangeError('Nothing to choose from');
		return things[this.between(0, things.length - 1)]!;
	}
}
