import { encodeState } from '../../board/encode-state.ts';
import type { DocumentKind } from '../../board/schema.ts';
import type { BoardReplica } from './board-replica.ts';
import type { Waiting } from './inbox.ts';
import { LARGE_UPDATE_BYTES } from './limits.ts';
import type { Session } from './session.ts';
import type { Trial, Tried, Trials } from './trials.ts';

/** What has been tried goes on from here. @param items it, and what its session sent meanwhile, in order; nothing when the room let go of it */
type Done = (session: Session, tried: Tried, items: readonly Waiting[]) => void;

/**
 * Large updates that are tried elsewhere before they may hold up everybody here. What their session sends meanwhile waits behind
 * them, for its frames count in the order they came, and so do other large updates of the process: there is one queue.
 */
export class OnTrial {
	readonly #trials: Trials;
	readonly #kind: DocumentKind;
	readonly #replica: () => BoardReplica | undefined;
	readonly #done: Done;
	readonly #waiting = new Map<Session, Waiting[]>();
	readonly #tried = new WeakSet<Waiting>();

	/** @param replica the one there is when something is tried; undefined while the document is being loaded */
	constructor(trials: Trials, kind: DocumentKind, replica: () => BoardReplica | undefined, done: Done) {
		this.#trials = trials;
		this.#kind = kind;
		this.#replica = replica;
		this.#done = done;
	}

	get isEmpty(): boolean {
		return this.#waiting.size === 0;
	}

	/** When the first of them came. */
	get oldestMs(): number | undefined {
		return this.#waiting.values().next().value?.[0]?.receivedMs;
	}

	/** @returns whether it waits here now */
	takes(item: Waiting, replica: BoardReplica): boolean {
		const waiting = this.#waiting.get(item.session);
		if (waiting) {
			if (item.ordinal < waiting[0]!.ordinal) return false; // it could not be stored at first; never empty
			waiting.push(item);
		} else if (this.#isToBeTried(item, replica)) this.#begin(item, item.frame.update);
		else return false;
		return true;
	}

	/** A large step 2 that changes nothing, or only asks for what it builds on, costs little. */
	#isToBeTried(item: Waiting, replica: BoardReplica): item is Waiting & { frame: { update: Uint8Array } } {
		const { frame, session } = item;
		const isLarge = 'update' in frame && frame.update.length > LARGE_UPDATE_BYTES;
		if (!isLarge || session.access !== 'write' || this.#tried.has(item)) return false;
		return replica.weigh(frame.update, session.who.personId).kind === 'new';
	}

	#begin(item: Waiting, update: Uint8Array): void {
		this.#waiting.set(item.session, [item]);
		void this.#trials.tryOut(() => this.#trialOf(item, update)).then((tried) => this.#end(item, tried));
	}

	/** On the document as it stands now. */
	#trialOf({ session, receivedMs: nowMs }: Waiting, update: Uint8Array): Trial | undefined {
		const replica = this.#waiting.has(session) ? this.#replica() : undefined;
		const { personId, sessionId } = session.who;
		const author = { personId, sessionId };
		return replica && { kind: this.#kind, state: encodeState(replica.doc), update: update.slice(), author, nowMs };
	}

	#end(item: Waiting, tried: Tried): void {
		const items = this.#waiting.get(item.session) ?? [];
		this.#waiting.delete(item.session);
		if (tried.kind !== 'put-off') this.#tried.add(item);
		this.#done(item.session, tried, items);
	}

	clear(): void {
		this.#waiting.clear();
	}
}
