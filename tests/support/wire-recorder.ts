/** Everything a browser receives and what it sends, kept to be searched: what a session may not read must not be in it, shown or not. */
import { setTimeout as delay } from 'node:timers/promises';
import type { BrowserContext, Page, Response } from '@playwright/test';

interface Received {
	readonly from: string;
	readonly kind: 'body' | 'frame';
	readonly words: string;
}

const LONGEST_WAIT_MS = 60_000;
/** Answers that have no body to look into. */
const BODILESS = new Set([101, 204, 304]);
/** The product's own files, the same for everybody; preloaded ones never give their body. */
const OWN_FILES = /^\/(_app\/|favicon)/;

export class WireRecorder {
	readonly received: Received[] = [];
	/** Frames the browser sent. */
	readonly sent: string[] = [];
	/** Bodies that could not be read: a search that did not see them would prove nothing. */
	readonly unread: string[] = [];
	readonly #reading = new Set<Promise<void>>();
	readonly #context: BrowserContext;

	constructor(context: BrowserContext) {
		this.#context = context;
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

	/** Waits until all of these words have come along. */
	async carries(words: readonly string[]): Promise<void> {
		for (const deadline = Date.now() + LONGEST_WAIT_MS; Date.now() < deadline; await delay(20)) {
			await this.settle();
			if (words.every((word) => this.carrying(word).length > 0)) return;
		}
		throw new Error(`Did not arrive: ${words.filter((word) => this.carrying(word).length === 0).join(', ')}`);
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
		page.on('websocket', (socket) => {
			socket.on('framesent', ({ payload }) => this.sent.push(Buffer.from(payload).toString('utf8')));
			socket.on('framereceived', ({ payload }) => {
				this.received.push({ from: socket.url(), kind: 'frame', words: bothReadings(Buffer.from(payload)) });
			});
		});
	}

	async #read(response: Response): Promise<void> {
		const status = response.status();
		if (BODILESS.has(status) || (status >= 300 && status < 400)) return;
		const url = new URL(response.url());
		if (OWN_FILES.test(url.pathname)) return;
		try {
			const body = await response.body().catch(() => this.#askedAgain(response));
			this.received.push({ from: url.pathname + url.search, kind: 'body', words: bothReadings(body) });
		} catch {
			this.unread.push(`${status} ${url.pathname}`);
		}
	}

	/** What Chromium forgot because the page was left meanwhile, asked for by the same person. */
	async #askedAgain(response: Response): Promise<Buffer> {
		if (response.request().method() !== 'GET') throw new Error('Only what was read can be read again');
		const again = await this.#context.request.get(response.url());
		if (again.status() !== response.status()) throw new Error('It is answered otherwise now');
		return again.body();
	}
}

/** Text in binary frames stands between bytes that are none: both readings keep every run of letters whole. */
function bothReadings(bytes: Uint8Array): string {
	const buffer = Buffer.from(bytes);
	return `${buffer.toString('utf8')}\n${buffer.toString('latin1')}`;
}
