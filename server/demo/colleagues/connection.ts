/** What a simulated colleague knows of the product: its address, its HTTP API and its sockets, like any client from outside. */
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { durableWebSocket, isWithTheTeam, NOTHING_KNOWN, saveStateAfter } from '../../../board/durable-socket.ts';
import type { Editor } from '../../../board/edit/editor.ts';
import type { PersonId } from '../../../domain/ids.ts';
import { DEMO_PASSWORD } from '../cast.ts';

/** The product said no, or nothing. */
export class Refused extends Error {}

/** Words that are not stored after this long are not waited for. */
const STORED_WITHIN_MS = 10_000;

export class Connection {
	readonly origin: string;
	readonly cookie: string;
	readonly personId: PersonId;

	private constructor(origin: string, cookie: string, personId: PersonId) {
		this.origin = origin;
		this.cookie = cookie;
		this.personId = personId;
	}

	/** @throws {Refused} */
	static async signIn(origin: string, email: string): Promise<Connection> {
		const response = await fetch(`${origin}/api/auth/sign-in/email`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ email, password: DEMO_PASSWORD }),
		});
		if (!response.ok) throw new Refused(`sign-in: ${response.status}`);
		const { personId } = (await response.json()) as { personId: PersonId };
		return new Connection(origin, response.headers.getSetCookie()[0]?.split(';')[0] ?? '', personId);
	}

	/** @throws {Refused} */
	async ask<Answer>(path: string, body?: unknown): Promise<Answer> {
		const response = await fetch(`${this.origin}/api/v1${path}`, {
			method: body === undefined ? 'GET' : 'POST',
			headers: { cookie: this.cookie, 'content-type': 'application/json' },
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		if (!response.ok) throw new Refused(`${path.split('/')[1]}: ${response.status}`);
		return (await response.json()) as Answer;
	}

	/**
	 * Opens a document, lets `work` write in it, and leaves when the server says that every word is stored.
	 * @throws {Refused} when it does not say so in time
	 */
	async write(name: string, work: (doc: Y.Doc, by: Editor) => Promise<void>): Promise<void> {
		const doc = new Y.Doc();
		let state = NOTHING_KNOWN;
		let told = (): void => undefined;
		const Socket = durableWebSocket(
			this.#socketWithCookie(),
			(event) => {
				state = saveStateAfter(state, event);
				told();
			},
			Date.now,
		);
		const provider = new WebsocketProvider(`${this.origin.replace(/^http/, 'ws')}/sync`, name, doc, {
			disableBc: true,
			WebSocketPolyfill: Socket,
		});
		const isStored = (): Promise<void> =>
			within(
				STORED_WITHIN_MS,
				new Promise((resolve) => {
					told = () => {
						if (isWithTheTeam(state)) resolve();
					};
					told();
				}),
			);
		try {
			await isStored();
			await work(doc, {
				personId: this.personId,
				at: new Date().toISOString(),
				origin: { source: 'field', personId: this.personId },
			});
			await isStored();
		} finally {
			provider.destroy();
			doc.destroy();
		}
	}

	#socketWithCookie(): typeof globalThis.WebSocket {
		const headers = { cookie: this.cookie, origin: this.origin };
		class SignedInSocket extends WebSocket {
			constructor(url: string | URL, protocols?: string | string[]) {
				super(url, protocols, { headers });
			}
		}
		return SignedInSocket as unknown as typeof globalThis.WebSocket; // safe: ws has the browser's interface
	}
}

async function within<Value>(ms: number, promise: Promise<Value>): Promise<Value> {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const late = new Promise<never>((_resolve, reject) => {
		timer = setTimeout(() => reject(new Refused('not stored in time')), ms);
	});
	try {
		return await Promise.race([promise, late]);
	} finally {
		clearTimeout(timer);
	}
}
