import type { Edit } from './edit.ts';

/** One thing of one's own that can be taken back: where it was done, and the edit that undoes it. */
export interface Undoable {
	/** The document's view; told from others, and nothing else. */
	readonly place: object;
	readonly edit: (edit: Edit) => void;
	readonly inverse: Edit;
}

const KEPT = 50;

/** Undo outside text fields. Each step is a new edit of one's own, so a colleague's work is never taken back with it. */
export class UndoStack {
	#done = $state.raw<readonly Undoable[]>([]);

	/** Counts what was taken back, for lists that hold their order still. */
	undone = $state(0);

	get empty(): boolean {
		return this.#done.length === 0;
	}

	push(step: Undoable): void {
		this.#done = [...this.#done.slice(-KEPT + 1), step];
	}

	undo(): void {
		const last = this.#done.at(-1);
		if (!last) return;
		this.#done = this.#done.slice(0, -1);
		last.edit(last.inverse);
		this.undone++;
	}

	/** What was done in a document that is not there any more is not taken back in the one that came for it. */
	forget(place: object): void {
		this.#done = this.#done.filter((step) => step.place !== place);
	}
}
