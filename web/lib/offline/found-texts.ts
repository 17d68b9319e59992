import { mergeWritten, type Written } from './written.ts';

/** What an earlier page wrote in one document and did not get to send. */
export interface FoundText extends Written {
	readonly document: string;
	readonly ids: readonly string[];
	/** When the last of it was written. */
	readonly writtenAtMs: number;
}

/** What waits to be sent, by document: of two finds in one document the second does not take the first one's place. */
export class FoundTexts {
	readonly #byDocument = new Map<string, FoundText>();

	add(text: FoundText): void {
		const before = this.#byDocument.get(text.document);
		this.#byDocument.set(text.document, before ? asOne(before, text) : text);
	}

	all(): readonly FoundText[] {
		return [...this.#byDocument.values()];
	}

	take(document: string): FoundText | undefined {
		const text = this.#byDocument.get(document);
		this.#byDocument.delete(document);
		return text;
	}

	takeAll(): readonly FoundText[] {
		const all = this.all();
		this.#byDocument.clear();
		return all;
	}
}

function asOne(before: FoundText, after: FoundText): FoundText {
	return {
		document: after.document,
		ids: [...before.ids, ...after.ids],
		...mergeWritten([before, after]),
		writtenAtMs: Math.max(before.writtenAtMs, after.writtenAtMs),
	};
}
