/**
 * Which pages of this browser are alive, by the Web Locks API: a page holds a lock for each document it writes in, and the
 * locks of the pages before it whose words it took over. The browser lets go of them when it ends, however it ends. Where a
 * browser has no locks every page takes what it finds.
 */
export class PageClaims {
	readonly #left = Promise.withResolvers<void>();
	/** What this page holds, or is about to. */
	readonly #held = new Map<string, Promise<boolean>>();
	// Undefined in older browsers and on pages that are no secure context, whatever the types say.
	readonly #locks = navigator.locks as LockManager | undefined;

	/** Whether this browser tells at all which pages are alive. */
	get areTold(): boolean {
		return this.#locks !== undefined;
	}

	/**
	 * Holds a name until this page leaves.
	 *
	 * @returns false when another page has it: it may end, and then it can be asked for again. Rejects with a `DOMException` where
	 * a page may not ask
	 */
	claim(name: string): Promise<boolean> {
		const held = this.#held.get(name) ?? this.#request(name);
		this.#held.set(name, held);
		return held;
	}

	async #request(name: string): Promise<boolean> {
		let isHeld = false;
		try {
			isHeld = await this.#lock(name);
			return isHeld;
		} finally {
			if (!isHeld) this.#held.delete(name);
		}
	}

	#lock(name: string): Promise<boolean> {
		if (!this.#locks) return Promise.resolve(true);
		const { promise, resolve, reject } = Promise.withResolvers<boolean>();
		const held = this.#locks.request(`faellestavlen ${name}`, { ifAvailable: true }, (lock) => {
			resolve(lock !== null);
			return lock ? this.#left.promise : undefined;
		});
		held.catch(reject);
		return promise;
	}

	leave(): void {
		this.#left.resolve();
	}
}
