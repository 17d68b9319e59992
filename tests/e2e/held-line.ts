/** The line of one document between a page and the server, held while words are on their way, or ended with a code. */
import type { Page, WebSocketRoute } from '@playwright/test';

export class HeldLine {
	#pageSide: WebSocketRoute | undefined;
	#serverSide: WebSocketRoute | undefined;
	#waiting: (() => void)[] | undefined;

	/** Call it before the page is opened. */
	static async between(page: Page, compartment: 'team' | 'placement' | 'private'): Promise<HeldLine> {
		const line = new HeldLine();
		await page.routeWebSocket(new RegExp(`/sync/[^/]*\\.${compartment}[.-]`), (pageSide) => line.#connect(pageSide));
		return line;
	}

	/** From now on nothing of the page arrives. */
	hold(): void {
		this.#waiting ??= [];
	}

	/** What was held arrives, in order. */
	release(): void {
		const waiting = this.#waiting ?? [];
		this.#waiting = undefined;
		for (const send of waiting) send();
	}

	/** As the server would end it; what was held is lost with the socket. */
	async end(code: number): Promise<void> {
		this.#waiting = undefined;
		await this.#pageSide?.close({ code });
	}

	/** Bytes the page never wrote: the server itself ends the line. */
	garble(bytes: readonly number[]): void {
		this.#waiting = undefined;
		this.#serverSide?.send(Buffer.from(bytes));
	}

	#connect(pageSide: WebSocketRoute): void {
		const serverSide = pageSide.connectToServer();
		this.#pageSide = pageSide;
		this.#serverSide = serverSide;
		if (this.#waiting) this.#waiting = []; // what was held is lost with its socket
		pageSide.onMessage((message) => {
			if (this.#waiting) this.#waiting.push(() => serverSide.send(message));
			else serverSide.send(message);
		});
	}
}
