import { setImmediate as turnEnds } from 'node:timers/promises';
import type { Database } from '../../../db/client.ts';

interface Waiting<Asked, Answer> {
	readonly asked: Asked;
	readonly resolve: (answer: Answer) => void;
	readonly reject: (error: unknown) => void;
}

/** So that a crowd does not make one transaction long. */
const MOST_AT_ONCE = 32;

/**
 * Who asks for one thing while others are being served waits, and is then served together with everybody else who waits: by
 * work that begins after the last of them asked, so that nobody is answered from what was read before their request came in.
 * SYNC.md's group commit is the model.
 */
export class Together<Asked, Answer> {
	readonly #waiting = new Map<string, Waiting<Asked, Answer>[]>();
	readonly #serve: (asked: readonly Asked[]) => Promise<readonly Answer[]>;

	/** @param serve answers in the order asked */
	constructor(serve: (asked: readonly Asked[]) => Promise<readonly Answer[]>) {
		this.#serve = serve;
	}

	/** @param key those who ask with the same one are served together */
	ask(key: string, asked: Asked): Promise<Answer> {
		return new Promise((resolve, reject) => {
			const waiting = this.#waiting.get(key);
			if (waiting) return void waiting.push({ asked, resolve, reject });
			this.#waiting.set(key, [{ asked, resolve, reject }]);
			void this.#serveAll(key);
		});
	}

	async #serveAll(key: string): Promise<void> {
		const waiting = this.#waiting.get(key)!; // made by who asked first
		do {
			await turnEnds(); // those who came with the same readiness of the sockets go along
			await this.#settle(waiting.splice(0, MOST_AT_ONCE));
		} while (waiting.length > 0);
		this.#waiting.delete(key);
	}

	/** What fails for several is tried for each alone: nobody is refused for another's sake. */
	async #settle(group: readonly Waiting<Asked, Answer>[]): Promise<void> {
		try {
			const answers = await this.#serve(group.map(({ asked }) => asked));
			for (const [index, { resolve }] of group.entries()) resolve(answers[index]!); // one asked, one answered
		} catch (error) {
			if (group.length === 1) return group[0]!.reject(error);
			for (const one of group) await this.#settle([one]);
		}
	}
}

/** One of something for each database a process has open. */
export function perDatabase<Value>(make: (db: Database) => Value): (db: Database) => Value {
	const made = new WeakMap<Database, Value>();
	return (db) => {
		const value = made.get(db) ?? make(db);
		made.set(db, value);
		return value;
	};
}
