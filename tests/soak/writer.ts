import type * as Y from 'yjs';
import type { SeededRandom } from '../support/seeded-random.ts';
import type { StockClient } from '../support/stock-client.ts';

/** A person at a stock client who writes words nobody else writes, and remembers which of them were said to be stored. */
export class Writer {
	readonly client: StockClient;
	/** Path of the document under /sync. */
	readonly document: string;
	readonly written = new Set<string>();
	readonly acknowledged = new Set<string>();
	readonly #random: SeededRandom;
	#waiting: { word: string; frame: number }[] = [];

	constructor(client: StockClient, document: string, random: SeededRandom) {
		this.client = client;
		this.document = document;
		this.#random = random;
	}

	write(text: string, word: string): void {
		const words = wordsOf(this.client.doc.getText(text));
		const at = words.slice(0, this.#random.below(words.length + 1)).join('').length;
		this.client.doc.getText(text).insert(at, word);
		this.written.add(word);
		if (this.client.provider.wsconnected) this.#waiting.push({ word, frame: this.client.sent() });
	}

	/** The server counts frames of one socket: call it before the socket changes. */
	notice(): void {
		const frames = this.client.acknowledged();
		for (const { word, frame } of this.#waiting) if (frame <= frames) this.acknowledged.add(word);
		this.#waiting = this.#waiting.filter(({ frame }) => frame > frames);
	}

	/** Words written on a socket that is gone are never acknowledged as those frames. */
	forgetSocket(): void {
		this.#waiting = [];
	}

	inFlight(): number {
		return this.client.sent() - this.client.acknowledged();
	}

	/** Words of others that reached this client. */
	seen(): string[] {
		return allWordsOf(this.client.doc).filter((word) => !this.written.has(word));
	}
}

function wordsOf(text: Y.Text): string[] {
	return text.toString().match(/<[^>]*>/g) ?? [];
}

/** Every word of the test in a document; the demonstration's own tasks have none. */
export function allWordsOf(doc: Y.Doc): string[] {
	return [...doc.share.keys()].filter((name) => name.startsWith('task/')).flatMap((name) => wordsOf(doc.getText(name)));
}
