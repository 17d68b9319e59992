import type * as Y from 'yjs';
import { MAX_DELETED_RANGES } from './limits.ts';

/**
 * How many separate pieces of a document are deleted. Every stock client names all of them whenever it answers a step 1, so one
 * writer who tears many small holes could make that answer too long for everybody else: there is room for so many and no more.
 */
export class DeletedRanges {
	/** Never less than there are. */
	#most: number;

	constructor(doc: Y.Doc) {
		this.#most = rangesIn(doc);
	}

	/** Of a transaction that has been applied. @returns false when there are too many now */
	hold({ doc, deleteSet }: Y.Transaction): boolean {
		for (const ranges of deleteSet.clients.values()) this.#most += ranges.length;
		// Holes beside each other have become one.
		if (this.#most > MAX_DELETED_RANGES) this.#most = rangesIn(doc);
		return this.#most <= MAX_DELETED_RANGES;
	}
}

function rangesIn(doc: Y.Doc): number {
	let count = 0;
	for (const structs of doc.store.clients.values()) {
		let wasDeleted = false;
		for (const { deleted } of structs) {
			if (deleted && !wasDeleted) count++;
			wasDeleted = deleted;
		}
	}
	return count;
}
