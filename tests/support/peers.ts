import * as Y from 'yjs';
import type { Editor } from '../../board/edit/editor.ts';
import type { DocumentKind } from '../../board/schema.ts';
import type { ShapeRefusal } from '../../board/shape.ts';
import type { PersonId } from '../../domain/ids.ts';
import { AT, aDocument, anEditor } from './board.ts';
import type { SeededRandom } from './seeded-random.ts';
import { verdictOn } from './transactions.ts';

/** One person's copy of a document: what they typed and have not sent, what was sent to them and has not arrived. */
export class Peer {
	readonly doc: Y.Doc;
	readonly personId: PersonId;
	readonly inbox: Uint8Array[] = [];
	readonly outbox: Uint8Array[] = [];
	online = true;

	constructor(personId: PersonId, clientId: number, seed: Y.Doc) {
		this.personId = personId;
		this.doc = aDocument(clientId, seed);
		this.doc.on('update', (update: Uint8Array, _origin: unknown, _doc: Y.Doc, tr: Y.Transaction) => {
			if (tr.local) this.outbox.push(update);
		});
	}

	get editor(): Editor {
		return anEditor(this.personId, AT);
	}
}

/**
 * A server and its peers without sockets. It does what SYNC.md asks: checks, appends to the log, then sends on. The
 * network loses, repeats and reorders what it carries; a peer that comes back asks for what it lacks.
 */
export class Meeting {
	readonly server: Y.Doc;
	readonly log: Uint8Array[] = [];
	readonly peers: readonly Peer[];
	readonly refusals: ShapeRefusal['code'][] = [];
	/** What the network did, so that a test can say that it did something. */
	readonly happened = { lost: 0, reordered: 0, offline: 0, delivered: 0 };
	readonly #kind: DocumentKind;
	readonly #random: SeededRandom;

	constructor(kind: DocumentKind, people: readonly PersonId[], seed: Y.Doc, random: SeededRandom) {
		this.#kind = kind;
		this.#random = random;
		this.server = aDocument(1, seed);
		this.log.push(Y.encodeStateAsUpdate(seed));
		this.peers = people.map((personId, index) => new Peer(personId, 1_000 + index, seed));
	}

	/** One thing the network does for one peer: carries something, loses it, or cuts the connection. */
	step(): void {
		const peer = this.#random.pick(this.peers);
		if (this.#random.chance(0.06)) return this.#toggle(peer);
		if (!peer.online) return;
		if (this.#random.chance(0.5)) this.#upload(peer);
		else this.#download(peer);
	}

	/** Everybody comes back and gets everything. */
	settle(): void {
		for (const peer of this.peers) this.#reconnect(peer);
		for (const peer of this.peers) this.#reconnect(peer);
	}

	#toggle(peer: Peer): void {
		this.happened.offline++;
		if (peer.online) peer.online = false;
		else this.#reconnect(peer);
	}

	/** Step 1 and step 2 both ways: what was under way on the old socket is gone. */
	#reconnect(peer: Peer): void {
		peer.online = true;
		this.happened.lost += peer.inbox.length + peer.outbox.length;
		peer.inbox.length = 0;
		peer.outbox.length = 0;
		this.#receive(peer, Y.encodeStateAsUpdate(peer.doc, Y.encodeStateVector(this.server)));
		Y.applyUpdate(peer.doc, Y.encodeStateAsUpdate(this.server, Y.encodeStateVector(peer.doc)));
	}

	#upload(peer: Peer): void {
		const update = peer.outbox.shift();
		if (update && !this.#random.chance(0.05)) this.#receive(peer, update);
		else if (update) this.#reconnect(peer);
	}

	#receive(from: Peer, update: Uint8Array): void {
		const added: Uint8Array[] = [];
		const keep = (bytes: Uint8Array): void => void added.push(bytes);
		this.server.on('update', keep);
		const verdict = verdictOn(this.#kind, this.server, update, from.personId);
		this.server.off('update', keep);
		if (verdict !== 'fine') this.refusals.push(verdict);
		this.log.push(...added);
		for (const peer of this.peers) if (peer !== from && peer.online) peer.inbox.push(...added);
	}

	#download(peer: Peer): void {
		if (peer.inbox.length === 0) return;
		const index = this.#random.chance(0.3) ? this.#random.below(peer.inbox.length) : 0;
		if (index > 0) this.happened.reordered++;
		const [update] = peer.inbox.splice(index, 1);
		this.happened.delivered++;
		Y.applyUpdate(peer.doc, update!);
	}
}
