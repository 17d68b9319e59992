/**
 * Slows guessing. Per account: five wrong passwords, then a waiting time that doubles with each further one, from half a
 * minute to a quarter of an hour, so that a tired colleague is back soon and a list of passwords never gets through. Per address:
 * generous, because a whole team sits behind one. Kept in memory: a restart forgives, and several processes each count their own.
 */
const WRONG_BEFORE_WAITING = 5;
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 15 * 60_000;
const FORGET_AFTER_MS = 15 * 60_000;

/** Wrong or unfinished attempts from one address within the time after which they are forgotten. */
const PER_ADDRESS = 150;

/** Attempts for one account that may wait for each other; more is not a person. */
const LONGEST_QUEUE = 20;

const SWEEP_AT = 10_000;

interface Wrongs {
	count: number;
	lastAtMs: number;
}

export type Attempt<Value> =
	{ readonly kind: 'tried'; readonly value: Value } | { readonly kind: 'wait'; readonly waitMs: number };

export class AttemptLimit {
	readonly #accounts = new Map<string, Wrongs>();
	readonly #addresses = new Map<string, Wrongs>();
	readonly #queues = new Map<string, { length: number; tail: Promise<unknown> }>();
	readonly #now: () => Date;

	constructor(now: () => Date) {
		this.#now = now;
	}

	/**
	 * Runs one attempt. Attempts for one account run one after the other: a thousand guesses sent at once would otherwise all
	 * be looked at before the first was counted.
	 *
	 * @param isRight whether the attempt proved the password; it then leaves no trace
	 */
	async attempt<Value>(
		account: string,
		address: string,
		tryIt: () => Promise<Value>,
		isRight: (value: Value) => boolean,
	): Promise<Attempt<Value>> {
		const waitMs = this.#addressWait(address);
		if (waitMs > 0) return { kind: 'wait', waitMs };
		this.#count(this.#addresses, address);
		const result = await this.#inTurn(account, () => this.#tryAccount(account, tryIt, isRight));
		if (result.kind === 'tried' && isRight(result.value)) this.#forgiveAddress(address);
		return result;
	}

	async #tryAccount<Value>(
		account: string,
		tryIt: () => Promise<Value>,
		isRight: (value: Value) => boolean,
	): Promise<Attempt<Value>> {
		const waitMs = this.#accountWait(account);
		if (waitMs > 0) return { kind: 'wait', waitMs };
		const value = await tryIt();
		if (isRight(value)) this.#accounts.delete(account);
		else this.#count(this.#accounts, account);
		return { kind: 'tried', value };
	}

	async #inTurn<Value>(account: string, run: () => Promise<Attempt<Value>>): Promise<Attempt<Value>> {
		const queue = this.#queues.get(account) ?? { length: 0, tail: Promise.resolve() };
		if (queue.length >= LONGEST_QUEUE) return { kind: 'wait', waitMs: FIRST_WAIT_MS };
		queue.length += 1;
		this.#queues.set(account, queue);
		const mine = queue.tail.then(run);
		queue.tail = mine.catch(() => undefined); // the caller of `mine` gets the error; the next in line goes on
		try {
			return await mine;
		} finally {
			queue.length -= 1;
			if (queue.length === 0) this.#queues.delete(account);
		}
	}

	#accountWait(account: string): number {
		const wrongs = this.#current(this.#accounts, account);
		if (!wrongs || wrongs.count < WRONG_BEFORE_WAITING) return 0;
		const waitMs = Math.min(FIRST_WAIT_MS * 2 ** (wrongs.count - WRONG_BEFORE_WAITING), LONGEST_WAIT_MS);
		return wrongs.lastAtMs + waitMs - this.#now().getTime();
	}

	#addressWait(address: string): number {
		const wrongs = this.#current(this.#addresses, address);
		return wrongs && wrongs.count >= PER_ADDRESS ? wrongs.lastAtMs + FIRST_WAIT_MS - this.#now().getTime() : 0;
	}

	#forgiveAddress(address: string): void {
		const wrongs = this.#addresses.get(address);
		if (wrongs) wrongs.count = Math.max(0, wrongs.count - 1);
	}

	#current(of: Map<string, Wrongs>, key: string): Wrongs | undefined {
		const wrongs = of.get(key);
		if (wrongs && this.#now().getTime() - wrongs.lastAtMs > FORGET_AFTER_MS) {
			of.delete(key);
			return undefined;
		}
		return wrongs;
	}

	#count(of: Map<string, Wrongs>, key: string): void {
		if (of.size >= SWEEP_AT) for (const each of of.keys()) this.#current(of, each);
		const count = (this.#current(of, key)?.count ?? 0) + 1;
		of.set(key, { count, lastAtMs: this.#now().getTime() });
	}
}
