import { mergeWritten, type Written } from './written.ts';

/** Keeps what was written on the device, while it may. */
export interface Keeper {
	/**
	 * @param replaced pieces that say nothing more than this one: they go when it comes, in one step
	 * @returns the piece's id; undefined while nothing may be kept: then nothing was kept, and nothing went
	 */
	keep(document: string, written: Written, replaced: readonly string[]): Promise<string | undefined>;
	drop(ids: readonly string[]): Promise<void>;
}

/** Pieces a log has let go of. */
export interface LetGo {
	/** What was written there. */
	readonly ids: readonly string[];
	/** What was to be replaced by the next piece. */
	readonly replaced: readonly string[];
}

/**
 * What was written in one document since everything was last with the team, kept on the device piece by piece as one types.
 * Nothing of what the server has stored is kept, and nothing of what others wrote.
 */
export class UnsentLog {
	readonly document: string;
	readonly #keeper: Keeper;
	#waiting: Written[] = [];
	#ids: string[] = [];
	/** Pieces of elsewhere, to go with the next piece of here. */
	#replaced: string[] = [];
	/** Rises when what was written so far is kept elsewhere: a piece on its way to the device then goes again. */
	#turn = 0;
	#writing: Promise<void> | undefined;
	#onstored: (() => void)[] = [];

	constructor(document: string, keeper: Keeper) {
		this.document = document;
		this.#keeper = keeper;
	}

	add(written: Written): void {
		this.#waiting.push(written);
		void this.flush();
	}

	/** Writes what waits, if it may; what comes meanwhile goes along with the next piece. */
	flush(): Promise<void> {
		return (this.#writing ??= this.#write());
	}

	/** Pieces of an earlier page, sent again by this one. @param onstored they are with the team */
	adopt(ids: readonly string[], onstored: () => void): void {
		this.#ids.push(...ids);
		this.#onstored.push(onstored);
	}

	/** Pieces whose words are written here anew, at once or when the document comes: they lie on the device until this does. */
	replace(ids: readonly string[]): void {
		this.#replaced.push(...ids);
	}

	/** Everything is with the team. */
	stored(): Promise<void> {
		for (const told of this.#onstored.splice(0)) told();
		return this.forget();
	}

	/** Everything is kept elsewhere, or not to be kept. @returns when nothing of it lies here any more */
	async forget(): Promise<void> {
		const { ids, replaced } = this.letGo();
		await Promise.all([this.#writing, this.#keeper.drop([...ids, ...replaced])]);
	}

	/** The document is none any more: what lies on the device goes on lying there, and is the caller's; what waits is not written. */
	letGo(): LetGo {
		this.#turn++;
		this.#waiting = [];
		this.#onstored = [];
		return { ids: this.#ids.splice(0), replaced: this.#replaced.splice(0) };
	}

	async #write(): Promise<void> {
		await Promise.resolve(); // all of one tick is one piece
		try {
			while (this.#waiting.length > 0) if (!(await this.#writeWaiting())) return;
		} finally {
			this.#writing = undefined; // at once: what comes in the next moment begins a writing of its own
		}
	}

	/** @returns false while nothing may be kept */
	async #writeWaiting(): Promise<boolean> {
		const turn = this.#turn;
		const [batch, replaced] = [this.#waiting.splice(0), this.#replaced.splice(0)];
		const id = await this.#keeper.keep(this.document, mergeWritten(batch), replaced);
		if (turn !== this.#turn) await this.#keeper.drop(id === undefined ? replaced : [id]);
		else if (id !== undefined) this.#ids.push(id);
		else {
			this.#waiting.unshift(...batch);
			this.#replaced.unshift(...replaced);
			return false;
		}
		return true;
	}
}
