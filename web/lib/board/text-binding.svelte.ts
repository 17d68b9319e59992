import type * as Y from 'yjs';
import type { DocumentSession } from './document-session.svelte.ts';
import type { DocumentView } from './document-view.svelte.ts';
import { movedOffset, spliceBetween } from './text-rebase.ts';

/**
 * Keeps one text field and one shared text equal, with the caret where the writer left it. What others write arrives
 * between keystrokes; while a word is being composed (accents, phones) it waits until the word is there.
 */
export class TextBinding {
	readonly #view: DocumentView<unknown>;
	readonly name: string;
	#value = $state('');
	#element: HTMLTextAreaElement | undefined;
	#composing = false;
	#undo: Y.UndoManager | undefined;

	constructor(view: DocumentView<unknown>, name: string, initial: string) {
		this.#view = view;
		this.name = name;
		this.#value = view.typed(name) ?? initial;
	}

	get value(): string {
		return this.#value;
	}

	/** From the keyboard; also what was typed before this page could listen. */
	type(words: string): void {
		const base = this.#value;
		this.#value = words;
		this.#view.type(this.name, base, words);
	}

	/** What the server rendered changed before a document was there, e.g. after a fetch. */
	rendered(words: string): void {
		if (!this.#view.session && this.#view.typed(this.name) === undefined) this.#show(words);
	}

	/** Follows the connected document. @returns how to stop */
	follow(session: DocumentSession): () => void {
		const text = session.text(this.name);
		const undo = session.undoOf(this.name);
		const arrived = (_: Y.YTextEvent, transaction: Y.Transaction) => {
			if (transaction.origin !== session.editor.origin || text.toString() !== this.#value) this.#arrive(text.toString());
		};
		this.#undo = undo;
		text.observe(arrived);
		this.#arrive(text.toString());
		return () => {
			text.unobserve(arrived);
			undo.destroy();
			this.#undo = undefined;
		};
	}

	attachTo(element: HTMLTextAreaElement): () => void {
		this.#element = element;
		return () => {
			this.#element = undefined;
			this.#view.session?.presence.leave(this.name);
		};
	}

	compose(composing: boolean): void {
		this.#composing = composing;
		const session = this.#view.session;
		if (!composing && session) this.#arrive(session.text(this.name).toString());
	}

	/** Undo and redo of one's own keystrokes only: never the browser's, which would take others' words along. */
	undo(): void {
		this.#undo?.undo();
	}

	redo(): void {
		this.#undo?.redo();
	}

	/** Tells the others where one's caret is. */
	place(): void {
		const element = this.#element;
		if (element) this.#view.session?.presence.place(this.name, element.selectionStart, element.selectionEnd);
	}

	leave(): void {
		this.#view.session?.presence.leave(this.name);
		this.endStep();
	}

	/** What is typed from here on is taken back by itself. */
	endStep(): void {
		this.#undo?.stopCapturing();
	}

	#arrive(words: string): void {
		if (!this.#composing) this.#show(words);
	}

	#show(words: string): void {
		const element = this.#element;
		const change = spliceBetween(this.#value, words);
		if (!change) return;
		if (element) {
			const { selectionStart, selectionEnd, selectionDirection } = element;
			element.value = words;
			if (element.ownerDocument.activeElement === element) {
				element.setSelectionRange(movedOffset(selectionStart, change), movedOffset(selectionEnd, change), selectionDirection);
			}
		}
		this.#value = words;
	}
}
