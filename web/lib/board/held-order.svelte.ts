/**
 * Rows never reorder while a pointer or the focus is inside their list: the order stands still, and what others
 * added waits behind a sentence until it is asked for or the list is left.
 */
export class HeldOrder {
	#latest: () => readonly string[];
	#mine: (id: string) => boolean;
	#held = $state.raw<readonly string[] | undefined>();

	/** @param mine rows of one's own making appear at once */
	constructor(latest: () => readonly string[], mine: (id: string) => boolean) {
		this.#latest = latest;
		this.#mine = mine;
	}

	get ids(): readonly string[] {
		const latest = this.#latest();
		if (!this.#held) return latest;
		const present = new Set(latest);
		const kept = this.#held.filter((id) => present.has(id));
		const known = new Set(kept);
		return [...kept, ...latest.filter((id) => !known.has(id) && this.#mine(id))];
	}

	/** How many rows of others wait to be shown. */
	get waiting(): number {
		const shown = new Set(this.ids);
		return this.#latest().filter((id) => !shown.has(id)).length;
	}

	hold(): void {
		this.#held ??= this.#latest();
	}

	release(): void {
		this.#held = undefined;
	}

	/**
	 * One's own move, or its undo, shows at once. The rows are read again within a frame; then the order is held anew.
	 */
	own(): void {
		if (!this.#held) return;
		this.#held = undefined;
		requestAnimationFrame(() => requestAnimationFrame(() => this.hold()));
	}

	/** Takes the newest order, and goes on holding that. */
	refresh(): void {
		if (this.#held) this.#held = this.#latest();
	}
}
