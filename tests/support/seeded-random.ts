/** Chance that repeats: the same seed gives the same run, on every machine. mulberry32. */
export class SeededRandom {
	#state: number;

	constructor(seed: number) {
		this.#state = seed >>> 0;
	}

	/** In [0, 1). */
	readonly next = (): number => {
		this.#state = (this.#state + 0x6d2b79f5) >>> 0;
		let mixed = this.#state;
		mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};

	/** 0 to `count` - 1. */
	below(count: number): number {
		return Math.floor(this.next() * count);
	}

	chance(probability: number): boolean {
		return this.next() < probability;
	}

	/** @throws {RangeError} when there is nothing to pick from. */
	pick<Value>(values: readonly Value[]): Value {
		if (values.length === 0) throw new RangeError('Nothing to pick from');
		return values[this.below(values.length)]!;
	}

	shuffled<Value>(values: readonly Value[]): Value[] {
		const left = [...values];
		return values.map(() => left.splice(this.below(left.length), 1)[0]!);
	}

	/** A lower-case UUID that only this seed gives at this point. */
	uuid(): string {
		const hex = Array.from({ length: 32 }, () => this.below(16).toString(16)).join('');
		return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
	}
}
