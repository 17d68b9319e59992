/**
 * Runs one piece of work at a time for each key. What is asked for while it runs is done once more afterwards, however
 * often it was asked: of many changes at once only the newest is worth telling, and none may overtake another.
 */
export class NewestOnly<Key> {
	readonly #running = new Map<Key, { again: boolean }>();

	async run(key: Key, work: () => Promise<void>): Promise<void> {
		const running = this.#running.get(key);
		if (running) {
			running.again = true;
			return;
		}
		const turn = { again: false };
		this.#running.set(key, turn);
		try {
			do {
				turn.again = false;
				await work();
			} while (turn.again);
		} finally {
			this.#running.delete(key);
		}
	}
}
