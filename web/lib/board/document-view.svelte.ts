import type { DocumentSession } from './document-session.svelte.ts';
import type { Edit } from './edit.ts';
import { rebaseTyped } from './text-rebase.ts';
import type { UndoStack } from './undo-stack.svelte.ts';

/** How far something written has come: ■□□ here, ■■□ stored. */
export type Reached = 'device' | 'team';

/** What the server does not have of a document: words to keep elsewhere, and fields whose choices go. */
export interface Unsent {
	readonly words: readonly string[];
	readonly fields: readonly string[];
}

/** @param words written by the edit, to be kept should the document never come */
interface Waiting {
	readonly edit: Edit;
	readonly words: readonly string[];
}

/**
 * One document as a page sees it: first the rows the server rendered, then the connected document in the same place.
 * What is typed or tapped in between waits here and is written when the document is there.
 */
export class DocumentView<Rows> {
	rows = $state.raw() as Rows;
	session = $state.raw<DocumentSession | undefined>();
	access = $state.raw<'read' | 'write'>('read');
	readonly #undo: UndoStack;
	/** Fields with words typed before the document came: what stood there, and what stands there now. */
	#typed = $state.raw<ReadonlyMap<string, { readonly base: string; readonly words: string }>>(new Map());
	#waiting = $state.raw<readonly Waiting[]>([]);

	constructor(rows: Rows, access: 'read' | 'write', undo: UndoStack) {
		this.rows = rows;
		this.access = access;
		this.#undo = undo;
	}

	get writable(): boolean {
		return this.access === 'write';
	}

	/** Hands the view over to a document that has everything the server has. Nothing is written where one may only read. */
	attach(session: DocumentSession): void {
		this.session = session;
		if (!this.writable) return;
		const [typed, waiting] = [this.#typed, this.#waiting];
		this.#typed = new Map();
		this.#waiting = [];
		for (const [name, { base, words }] of typed) session.write(name, rebaseTyped(base, words, session.textOf(name)));
		for (const { edit } of waiting) this.edit(edit);
	}

	detach(): void {
		this.session = undefined;
	}

	/** Everything the server does not have, handed over: from now on it is the caller's to keep. What was done here stays done. */
	giveUp(): Unsent {
		const unsent = { words: this.unsentWords, fields: this.session?.unsentFields ?? [] };
		this.#typed = new Map();
		this.#waiting = [];
		this.#undo.forget(this);
		return unsent;
	}

	/**
	 * @param remember false for the undo itself and for what has its own way back
	 * @param words what the edit writes
	 */
	edit(edit: Edit, remember = true, words: readonly string[] = []): void {
		const { session } = this;
		if (!session) {
			this.#waiting = [...this.#waiting, { edit, words }];
			return;
		}
		const inverse = session.edit(edit);
		if (inverse && remember) this.#undo.push({ place: this, edit: (back) => this.edit(back, false), inverse });
	}

	type(name: string, base: string, words: string): void {
		if (this.session) this.session.write(name, rebaseTyped(base, words, this.session.textOf(name)));
		else this.#typed = new Map(this.#typed).set(name, { base: this.#typed.get(name)?.base ?? base, words });
	}

	/** Words of a field that the document does not have yet. */
	typed(name: string): string | undefined {
		return this.#typed.get(name)?.words;
	}

	reached(name: string): Reached {
		if (this.#typed.has(name)) return 'device';
		return this.session?.isUnsent(name) ? 'device' : 'team';
	}

	/** Words the server has not stored. */
	get unsentWords(): readonly string[] {
		const typed = [...this.#typed.values()].map(({ words }) => words);
		const waiting = this.#waiting.flatMap(({ words }) => words);
		return [...typed, ...waiting, ...(this.session?.unsentTexts ?? [])].filter((words) => words.trim() !== '');
	}

	/** How many things the server has not stored. */
	get unsent(): number {
		return this.#typed.size + this.#waiting.length + (this.session?.unsentCount ?? 0);
	}
}
