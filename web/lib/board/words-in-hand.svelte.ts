import { untrack } from 'svelte';

/** Words that stand in no document and on no server: a comment being written, text on its way to where it is kept. */
export class WordsInHand {
	#held = $state.raw<ReadonlySet<readonly string[]>>(new Set());

	/** @returns what lets go of them: they are kept elsewhere, or their author gave them up */
	hold(words: readonly string[]): () => void {
		const own = [...words];
		untrack(() => {
			this.#held = new Set(this.#held).add(own);
		});
		return () =>
			untrack(() => {
				this.#held = new Set([...this.#held].filter((one) => one !== own));
			});
	}

	get words(): readonly string[] {
		return [...this.#held].flat();
	}

	get count(): number {
		return this.words.length;
	}
}
