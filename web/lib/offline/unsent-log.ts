import * as Y from 'yjs';

/** Keeps bytes on the device, while it may. */
export interface Keeper {
	/** @returns the piece's id; undefined while nothing may be kept, and the bytes are not */
	keep(document: string, update: Uint8Array): Promise<string | undefined>;
	drop(ids: readonly string[]): Promise<void>;
}

/**
 * What was written in one document since everything was last with the team, kept on the device piece by piece as one types.
 * Nothing of what the server has stored is kept, and nothing of what others wrote.
 */
export class UnsentLog {
	readonly #document: string;
	readonly #keeper: Keeper;
	#waiting: Uint8Array[] = [];
	#ids: string[] = [];
	/** Rises when what was written so far is kept elsewhere: a piece on its way to the device then goes again. */
	#turn = 0;
	#writing: Promise<void> | undefined;
	#onstored: (() => void)[] = [];

	constructor(document: string, keeper: Keeper) {
		this.#document = document;
		this.#keeper = keeper;
	}

	add(update: Uint8Array): void {
		this.#waiting.push(update);
		void this.flush();
	}

	/** Writes what waits, if it may; what comes meanwhile goes along with the next piece. */
	flush(): Promise<void> {
		return (this.#writing ??= this.#write().finally(() => {
			this.#writing = undefined;
		}));
	}

	/** Pieces of an earlier page, sent again by this one. @param onstored they are with the team */
	adopt(ids: readonly string[], onstored: () => void): void {
		this.#ids.push(...ids);
		this.#onstored.push(onstored);
	}

	/** Everything is with the team. */
	stored(): Promise<void> {
		for (const told of this.#onstored.splice(0)) told();
		return this.forget();
	}

	/** Everything is kept elsewhere, or not to be kept. @returns when nothing of it lies here any more */
	async forget(): Promise<void> {
		this.#turn++;
		this.#waiting = [];
		this.#onstored = [];
		await Promise.all([this.#writing, this.#keeper.drop(this.#ids.splice(0))]);
	}

	async #write(): Promise<void> {
		while (this.#waiting.length > 0) {
			const turn = this.#turn;
			const batch = this.#waiting.splice(0);
			const id = await this.#keeper.keep(this.#document, Y.mergeUpdates(batch));
			if (turn !== this.#turn) await this.#keeper.drop(id === undefined ? [] : [id]);
			else if (id !== undefined) this.#ids.push(id);
			else {
				this.#waiting.unshift(...batch);
				return;
			}
		}
	}
}
