/** Lets so many through at once; the others wait in the order they came. */
export class Turnstile {
	readonly #atOnce: number;
	readonly #waiting: (() => void)[] = [];
	#inside = 0;

	constructor(atOnce: number) {
		this.#atOnce = atOnce;
	}

	async pass<Value>(work: () => Promise<Value>): Promise<Value> {
		if (this.#inside < this.#atOnce) this.#inside++;
		else await new Promise<void>((resolve) => this.#waiting.push(resolve));
		try {
			return await work();
		} finally {
			const next = this.#waiting.shift();
			if (next) next();
			else this.#inside--;
		}
	}
}
