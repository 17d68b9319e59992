import { CLOSE } from '../../board/close-codes.ts';
import { unreachable } from '../../domain/result.ts';
import type { Admission, Verdict } from '../auth/admission.ts';
import type { ChangedRights } from '../auth/rights-watch.ts';
import { REVIEW_AGAIN_MS, UNREVIEWED_LIMIT_MS } from './limits.ts';
import type { SyncMetrics } from './metrics.ts';
import type { Room } from './room.ts';
import { hasExpired, type Session } from './session.ts';

/** An open socket and its room. */
export type Seat = readonly [Room, Session];

/** Asks again what open sockets may do, and ends those that may not go on. */
export class Rights {
	readonly #rooms: Iterable<Room>;
	readonly #admission: Pick<Admission, 'reviewAll'>;
	readonly #metrics: SyncMetrics;
	readonly #nowMs: () => number;
	/** Sessions nobody could tell about, and since when: the database did not answer. */
	readonly #unanswered = new Map<Session, { readonly room: Room; readonly sinceMs: number }>();
	readonly #newest = new WeakMap<Session, object>();
	/** Rises with every change, so that a socket let in meanwhile is looked at again. */
	generation = 0;

	constructor(rooms: Iterable<Room>, admission: Pick<Admission, 'reviewAll'>, metrics: SyncMetrics, nowMs: () => number) {
		this.#rooms = rooms;
		this.#admission = admission;
		this.#metrics = metrics;
		this.#nowMs = nowMs;
	}

	async reevaluate(changes: readonly ChangedRights[]): Promise<void> {
		this.generation++;
		const toldMs = this.#nowMs();
		await this.review(this.#seats((room, session) => changes.some((change) => concerns(change, room, session))));
		this.#metrics.revocationMs.observe(this.#nowMs() - toldMs);
	}

	/** Asks about those whose time is up and those nobody could tell about; sends away whom nobody can tell about for long. */
	tick(nowMs: number): void {
		for (const [session, { room, sinceMs }] of [...this.#unanswered]) {
			if (session.state.phase === 'ended') this.#unanswered.delete(session);
			else if (nowMs - sinceMs > UNREVIEWED_LIMIT_MS) this.#end(room, session, CLOSE.tryLater);
		}
		const asked = this.#seats((_room, session) => hasExpired(session, nowMs) || this.#unanswered.has(session));
		for (const [, session] of asked) session.expiresAtMs = nowMs + REVIEW_AGAIN_MS;
		if (asked.length > 0) void this.review(asked);
	}

	/** Only the answer to the newest question about a session counts. */
	async review(seats: readonly Seat[]): Promise<void> {
		const question = {};
		for (const [, session] of seats) this.#newest.set(session, question);
		const verdicts = await this.#ask(seats);
		seats.forEach(([room, session], index) => {
			if (this.#newest.get(session) !== question || session.state.phase === 'ended') return;
			const verdict = verdicts?.[index];
			if (verdict !== undefined) this.#enforce(room, session, verdict);
			else if (!this.#unanswered.has(session)) this.#unanswered.set(session, { room, sinceMs: this.#nowMs() });
		});
	}

	/** @returns nothing when the database does not answer */
	async #ask(seats: readonly Seat[]): Promise<Verdict[] | undefined> {
		try {
			return await this.#admission.reviewAll(seats.map(([room, session]) => ({ session: session.who, document: room.name })));
		} catch {
			return undefined; // remembered as unanswered, asked again at the next tick
		}
	}

	#enforce(room: Room, session: Session, verdict: Verdict): void {
		this.#unanswered.delete(session);
		switch (verdict) {
			case 'none':
				return this.#end(room, session, CLOSE.accessLost);
			case 'signed-out':
				return this.#end(room, session, CLOSE.signedOut);
			case 'read':
				return session.access === 'write' ? this.#end(room, session, CLOSE.rightsNarrowed) : undefined;
			case 'write':
				session.access = 'write';
				return;
			default:
				return unreachable(verdict);
		}
	}

	#end(room: Room, session: Session, code: (typeof CLOSE)['accessLost' | 'signedOut' | 'rightsNarrowed' | 'tryLater']): void {
		this.#unanswered.delete(session);
		this.#metrics.refusals.inc({ reason: String(code) });
		room.expel(session, code);
	}

	#seats(isMeant: (room: Room, session: Session) => boolean): Seat[] {
		const seats: Seat[] = [];
		for (const room of this.#rooms) for (const session of room.sessions) if (isMeant(room, session)) seats.push([room, session]);
		return seats;
	}
}

function concerns(change: ChangedRights, room: Room, session: Session): boolean {
	return (
		(change.caseId === null || change.caseId === room.name.caseId) &&
		(change.personId === null || change.personId === session.who.personId)
	);
}
