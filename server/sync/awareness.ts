import * as encoding from 'lib0/encoding';
import type { PersonId } from '../../domain/ids.ts';
import { ByteReader } from './byte-reader.ts';
import { encodeAwareness } from './frame.ts';
import {
	MAX_AWARENESS_BYTES,
	MAX_AWARENESS_DEPTH,
	MAX_AWARENESS_ENTRIES,
	MAX_CLIENT_ID,
	MAX_REMEMBERED_CLOCKS,
} from './limits.ts';
import type { Session } from './session.ts';

interface Presence {
	readonly session: Session;
	readonly clock: number;
	/** Added to the client's own clock: one that comes back under the same id must not look older than when it left. */
	readonly lead: number;
	/** JSON, identity already written by us; null when it went. */
	readonly state: string | null;
}

/**
 * Who is here and at which field. One client id per socket; `user` is what we know of the signed-in person, whatever
 * the client says. Stock clients echo everybody else's entries: those are ignored.
 */
export class RoomAwareness {
	readonly #present = new Map<number, Presence>();
	readonly #clientOf = new Map<Session, number>();
	readonly #leftAt = new Map<number, number>();
	readonly #changed = new Set<number>();

	/** @throws {RangeError | TypeError} on bytes that are not an awareness message; the session ends with 4400 */
	receive(session: Session, entries: Uint8Array): void {
		const reader = new ByteReader(entries);
		const count = reader.count(MAX_AWARENESS_ENTRIES);
		for (let index = 0; index < count; index++) {
			const client = reader.varUint(MAX_CLIENT_ID);
			const clock = reader.varUint(2 ** 31);
			const json = reader.varBytes();
			if (this.#isOwn(session, client, count)) this.#accept(session, client, clock, json);
		}
		reader.expectEnd();
	}

	/** A socket's first message names its own id alone; what a stock client echoes names others. */
	#isOwn(session: Session, client: number, entries: number): boolean {
		const own = this.#clientOf.get(session);
		if (own !== undefined) return own === client;
		const holder = this.#present.get(client)?.session;
		return entries === 1 && (holder === undefined || holder.who.personId === session.who.personId);
	}

	#accept(session: Session, client: number, clock: number, json: Uint8Array): void {
		if (json.length > MAX_AWARENESS_BYTES) return;
		const state = stamp(json, session);
		if (state === undefined) return;
		const known = this.#present.get(client);
		if (known?.session !== session && state === null) return;
		const last = known ? known.clock + known.lead : (this.#leftAt.get(client) ?? -1);
		const lead = known?.session === session ? known.lead : Math.max(0, last + 1 - clock);
		if (known && known.session !== session) this.#clientOf.delete(known.session);
		this.#clientOf.set(session, client);
		this.#present.set(client, { session, clock, lead, state });
		this.#changed.add(client);
	}

	/** Who is here under a client id and may write; undefined when nobody said so. */
	holderOf(client: number): PersonId | undefined {
		const holder = this.#present.get(client)?.session;
		return holder?.access === 'write' ? holder.who.personId : undefined;
	}

	leave(session: Session): void {
		const client = this.#clientOf.get(session);
		this.#clientOf.delete(session);
		const presence = client === undefined ? undefined : this.#present.get(client);
		if (client === undefined || !presence) return;
		this.#present.set(client, { ...presence, state: null });
		this.#changed.add(client);
	}

	get hasNews(): boolean {
		return this.#changed.size > 0;
	}

	/** The last state of everybody who changed; forgets those who left. */
	takeNews(): AwarenessNews {
		const clients = [...this.#changed];
		this.#changed.clear();
		const news = new AwarenessNews(clients.map((client) => [client, this.#present.get(client)!] as const)); // changed ones are present
		for (const client of clients) if (this.#present.get(client)?.state === null) this.#forget(client);
		return news;
	}

	/** Everybody here, for a newcomer. */
	everybody(): AwarenessNews {
		return new AwarenessNews([...this.#present].filter(([, presence]) => presence.state !== null));
	}

	#forget(client: number): void {
		const presence = this.#present.get(client);
		if (!presence) return;
		this.#present.delete(client);
		this.#leftAt.set(client, presence.clock + presence.lead);
		if (this.#leftAt.size > MAX_REMEMBERED_CLOCKS) this.#leftAt.delete(this.#leftAt.keys().next().value!); // not empty
	}
}

/** One frame for all; only someone whose clock we lead gets one without its own entry, or its client would take ours for newer. */
export class AwarenessNews {
	readonly #entries: readonly (readonly [number, Presence])[];
	#shared: Uint8Array | undefined;

	constructor(entries: readonly (readonly [number, Presence])[]) {
		this.#entries = entries;
	}

	/** @returns `undefined` when there is nothing to tell this session */
	frameFor(session: Session): Uint8Array | undefined {
		if (this.#entries.length === 0) return undefined;
		const others = this.#entries.filter(([, presence]) => presence.session !== session || presence.lead === 0);
		if (others.length === this.#entries.length) return (this.#shared ??= encodeEntries(this.#entries));
		return others.length === 0 ? undefined : encodeEntries(others);
	}
}

function encodeEntries(entries: readonly (readonly [number, Presence])[]): Uint8Array {
	return encodeAwareness(
		encoding.encode((encoder) => {
			encoding.writeVarUint(encoder, entries.length);
			for (const [client, presence] of entries) {
				encoding.writeVarUint(encoder, client);
				encoding.writeVarUint(encoder, presence.clock + presence.lead);
				encoding.writeVarString(encoder, presence.state ?? 'null');
			}
		}),
	);
}

/** The client's state with our `user`; null when it says it leaves, `undefined` when it is not a presence. */
function stamp(json: Uint8Array, session: Session): string | null | undefined {
	const state: unknown = parseJson(json);
	if (state === null) return null;
	if (typeof state !== 'object' || Array.isArray(state) || !isShallow(state, MAX_AWARENESS_DEPTH)) return undefined;
	const { personId, name, profession, organisation, external } = session.who;
	return JSON.stringify({ ...state, user: { personId, name, profession, organisation, external } });
}

const UTF_8 = new TextDecoder('utf-8', { fatal: true });

function parseJson(json: Uint8Array): unknown {
	try {
		return JSON.parse(UTF_8.decode(json));
	} catch {
		return undefined;
	}
}

function isShallow(value: unknown, depth: number): boolean {
	if (typeof value !== 'object' || value === null) return true;
	return depth > 0 && Object.values(value).every((inner) => isShallow(inner, depth - 1));
}
