/** Everything a browser receives, kept to be searched: what a session may not read must not be in it, shown or not. */
import type { BrowserContext, Page, Response } from '@playwright/test';

interface Received {
	readonly from: string;
	readonly kind: 'body' | 'frame';
	readonly words: string;
}

/** Answers that have no body to look into. */
const BODILESS = new Set([101, 204, 304]);

export class WireRecorder {
	readonly received: Received[] = [];
	/** Bodies that could not be read: a search that did not see them would prove nothing. */
	readonly unread: string[] = [];
	readonly #reading = new Set<Promise<void>>();

	constructor(context: BrowserContext) {
		context.on('page', (page) => this.#watchSockets(page));
		context.on('response', (response) => {
			const reading = this.#read(response).finally(() => this.#reading.delete(reading));
			this.#reading.add(reading);
		});
	}

	/** Call it before a page is left: Chromium forgets the bodies of the page before. */
	async settle(): Promise<void> {
		while (this.#reading.size > 0) await Promise.all(this.#reading);
	}

	/** Where these words came along. */
	carrying(word: string): string[] {
		const found = this.received.filter(({ words }) => words.includes(word));
		return [...new Set(found.map(({ from }) => `${word} in ${from}`))];
	}

	framesOf(path: string): number {
		return this.received.filter(({ kind, from }) => kind === 'frame' && from.includes(path)).length;
	}

	#watchSockets(page: Page): void {
		page.on('websocket', (socket) =>
			socket.on('framereceived', ({ payload }) => {
				this.received.push({ from: socket.url(), kind: 'frame', words: bothReadings(Buffer.from(payload)) });
			}),
		);
	}

	async #read(response: Response): Promise<void> {
		const status = response.status();
		if (BODILESS.has(status) || (status >= 300 && status < 400)) return;
		const url = new URL(response.url());
		if (url.pathname.startsWith('/_app/')) return; // the product's own files, the same for everybody; preloaded ones never give their body
		try {
			const words = bothReadings(await response.body());
			this.received.push({ from: url.pathname + url.search, kind: 'body', words });
		} catch {
			this.unread.push(`${status} ${url.pathname}`);
		}
	}
}

/** Text in binary frames stands between bytes that are none: both readings keep every run of letters whole. */
function bothReadings(bytes: Uint8Array): string {
	const buffer = Buffer.from(bytes);
	return `${buffer.toString('utf8')}\n${buffer.toString('latin1')}`;
}
