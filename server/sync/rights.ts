import { CLOSE } from '../../board/close-codes.ts';
import type { CaseId, PersonId } from '../../domain/ids.ts';
import { unreachable } from '../../domain/result.ts';
import type { Access, Admission } from './admission.ts';
import { UNREVIEWED_LIMIT_MS } from './limits.ts';
import type { SyncMetrics } from './metrics.ts';
import type { Room } from './room.ts';
import { hasExpired, type Session } from './session.ts';

/** Whose rights may have changed; an empty change means everybody's. */
export interface RightsChange {
	readonly caseId?: CaseId | undefined;
	readonly personId?: PersonId | undefined;
}

/** Asks again what open sockets may do, and ends those that may not go on. */
export class Rights {
	readonly #rooms: Iterable<Room>;
	readonly #admission: Admission;
	readonly #metrics: SyncMetrics;
	readonly #nowMs: () => number;
	/** Reviews that the database could not answer, with the first time it was tried. */
	readonly #unanswered = new Map<Session, { room: Room; sinceMs: number }>();
	readonly #latest = new WeakMap<Session, object>();
	/** Rises with every change, so that a socket let in meanwhile is looked at again. */
	generation = 0;

	constructor(rooms: Iterable<Room>, admission: Admission, metrics: SyncMetrics, nowMs: () => number) {
		this.#rooms = rooms;
		this.#admission = admission;
		this.#metrics = metrics;
		this.#nowMs = nowMs;
	}

	async reevaluate(change: RightsChange): Promise<void> {
		this.generation++;
		const toldMs = this.#nowMs();
		await Promise.all(this.#affected(change).map(([room, session]) => this.review(room, session)));
		this.#metrics.revocationMs.observe(this.#nowMs() - toldMs);
	}

	/** Sessions whose time is up, and those the database could not tell about. */
	tick(nowMs: number): void {
		for (const room of this.#rooms) {
			for (const session of room.sessions) if (hasExpired(session, nowMs) && !this.#unanswered.has(session)) void this.review(room, session);
		}
		for (const [session, { room, sinceMs }] of this.#unanswered) {
			if (session.state.phase === 'ended') this.#unanswered.delete(session);
			else if (nowMs - sinceMs > UNREVIEWED_LIMIT_MS) this.#end(room, session, CLOSE.tryLater);
			else void this.review(room, session);
		}
	}

	/** Only the answer to the newest question counts. */
	async review(room: Room, session: Session): Promise<void> {
		const question = {};
		this.#latest.set(session, question);
		const answer = await this.#admission.review(session.who, room.name).catch(() => undefined);
		if (this.#latest.get(session) !== question || session.state.phase === 'ended') return;
		if (answer === undefined) {
			if (!this.#unanswered.has(session)) this.#unanswered.set(session, { room, sinceMs: this.#nowMs() });
			return;
		}
		this.#unanswered.delete(session);
		this.#enforce(room, session, answer);
	}

	#enforce(room: Room, session: Session, answer: Access | 'none' | 'signed-out'): void {
		switch (answer) {
			case 'none': return this.#end(room, session, CLOSE.accessLost);
			case 'signed-out': return this.#end(room, session, CLOSE.signedOut);
			case 'read': return session.access === 'write' ? this.#end(room, session, CLOSE.rightsNarrowed) : this.#goOn(session);
			case 'write':
				session.access = 'write';
				return this.#goOn(session);
			default: unreachable(answer);
		}
	}

	/** Still allowed although its time was up: the sign-in was prolonged. Ask again in a while. */
	#goOn(session: Session): void {
		session.expiresAtMs = Math.max(session.expiresAtMs, this.#nowMs() + PROLONGED_MS);
	}

	#end(room: Room, session: Session, code: (typeof CLOSE)['accessLost' | 'signedOut' | 'rightsNarrowed' | 'tryLater']): void {
		this.#unanswered.delete(session);
		this.#metrics.refusals.inc({ reason: String(code) });
		room.expel(session, code);
	}

	#affected(change: RightsChange): [Room, Session][] {
		const affected: [Room, Session][] = [];
		for (const room of this.#rooms) {
			if (change.caseId !== undefined && room.name.caseId !== change.caseId) continue;
			for (const session of room.sessions) {
				if (change.personId === undefined || session.who.personId === change.personId) affected.push([room, session]);
			}
		}
		return affected;
	}
}

/** How long a prolonged session is trusted before it is asked about again, in milliseconds. */
const PROLONGED_MS = 1_000;
