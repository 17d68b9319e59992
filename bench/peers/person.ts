import { setTimeout as sleep } from 'node:timers/promises';
import * as decoding from 'lib0/decoding';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { encodeStep2 } from '../../server/sync/frame.ts';
import { concat, type Dialect } from './dialect.ts';

const SYNC = 0;
const STEP_1 = 0;
const STEP_2 = 1;
const NO_UPDATE = Uint8Array.of(0, 0);
const NO_STATE = Uint8Array.of(0);
const MOST_ATTEMPTS = 10;
const LONGEST_BACK_OFF_MS = 2_500;

export interface Visit {
	readonly origin: string;
	readonly dialect: Dialect;
	readonly document: string;
	readonly cookie: string;
	/** Everything this person has of the document already, as one update. */
	readonly has?: Uint8Array;
}

/** One socket that speaks the protocol itself: it keeps what it hears and works nothing out while the clock runs. */
export class Person {
	readonly socket: WebSocket;
	/** Resolves when the server has answered with the document; at once where no server answers. */
	readonly ready: Promise<void>;
	/** Updates in the order they came, the document's state first. */
	readonly everything: Uint8Array[] = [];
	/** Nobody is sent away in these scenarios: a figure from such a run is none. */
	closedWith: number | undefined;
	onUpdate: ((update: Uint8Array) => void) | undefined;
	#receipts = 0;
	readonly #visit: Visit;
	readonly #prefix: Uint8Array;
	#isReady: () => void = () => {};

	constructor(visit: Visit) {
		const { origin, dialect, document, cookie, has } = visit;
		this.#visit = visit;
		this.#prefix = dialect.prefix(document);
		this.socket = new WebSocket(`${origin}${dialect.path(document)}`, { headers: { cookie }, perMessageDeflate: false });
		this.ready = new Promise((resolve, reject) => {
			this.#isReady = resolve;
			this.socket.on('error', reject);
			this.socket.on('close', (code) => {
				this.closedWith = code;
				reject(new Error(`closed with ${code}`));
			});
		});
		this.socket.on('open', () => {
			const stateVector = has ? Y.encodeStateVectorFromUpdate(has) : NO_STATE;
			for (const frame of dialect.hello(document, stateVector)) this.socket.send(frame);
			if (!dialect.answers) this.#isReady();
		});
		this.socket.on('message', (data: Buffer) => this.#hear(data.subarray(this.#prefix.length)));
	}

	/** As it goes over the wire: made before the clock runs. */
	frame(message: Uint8Array): Uint8Array {
		return concat(this.#prefix, message);
	}

	#hear(message: Uint8Array): void {
		if (message[0] === SYNC) return this.#hearSync(message);
		this.#receipts = this.#visit.dialect.receipts(message, this.#receipts) ?? this.#receipts;
	}

	#hearSync(message: Uint8Array): void {
		const payload = decoding.readVarUint8Array(decoding.createDecoder(message.subarray(2)));
		if (message[1] === STEP_1) return this.#answer(payload);
		this.everything.push(payload);
		if (message[1] === STEP_2) this.#isReady();
		else this.onUpdate?.(payload);
	}

	/** The server may lack what this person has. */
	#answer(stateVector: Uint8Array): void {
		const { has } = this.#visit;
		this.socket.send(this.frame(encodeStep2(has ? Y.diffUpdate(has, stateVector) : NO_UPDATE)));
	}

	/** How many of the edits sent so far are said to be stored. */
	get acknowledged(): number {
		return Math.max(0, this.#receipts - this.#visit.dialect.helloReceipts);
	}

	leave(): void {
		this.socket.removeAllListeners('close');
		this.socket.terminate();
	}
}

/** A server may ask to try later; a stock client comes again by itself, after a little longer each time. */
export async function comeIn(visit: Visit): Promise<Person> {
	for (let attempt = 1; ; attempt++) {
		const person = new Person(visit);
		try {
			await person.ready;
			return person;
		} catch (error) {
			if (attempt === MOST_ATTEMPTS) throw error;
			await sleep(Math.min(LONGEST_BACK_OFF_MS, 100 * 2 ** attempt));
		}
	}
}
