/**
 * Which pages of this browser are alive, by the Web Locks API: a page holds a lock for each document it writes in, and the
 * locks of the pages before it whose words it took over. The browser lets go of them when it ends, however it ends. Where a
 * browser has no locks every page takes what it finds.
 */
export class PageClaims {
	readonly #left = Promise.withResolvers<void>();

	/**
	 * Holds a name until this page leaves.
	 *
	 * @returns false when another page has it, or this one already. Rejects with a `DOMException` where a page may not ask
	 */
	claim(name: string): Promise<boolean> {
		// Undefined in older browsers and on pages that are no secure context, whatever the types say.
		const locks = navigator.locks as LockManager | undefined;
		if (!locks) return Promise.resolve(true);
		return new Promise((resolve, reject) => {
			const held = locks.request(`faellestavlen ${name}`, { ifAvailable: true }, (lock) => {
				resolve(lock !== null);
				return lock ? this.#left.promise : undefined;
			});
			held.catch(reject);
		});
	}

	leave(): void {
		this.#left.resolve();
	}
}
