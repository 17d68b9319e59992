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

/** A session whose rights are being asked about, or could not be told. */
interface OpenQuestion {
	readonly room: Room;
	/** The newest question about it. */
	readonly newest: number;
	/** Since when its rights are unconfirmed. */
	readonly sinceMs: number;
	/** The newest question came back without an answer: it is asked again. */
	readonly isUnanswered: boolean;
}

/** Asks again what open sockets may do, and ends those that may not go on. */
export class Rights {
	readonly #rooms: Iterable<Room>;
	readonly #admission: Pick<Admission, 'reviewAll'>;
	readonly #metrics: SyncMetrics;
	readonly #nowMs: () => number;
	readonly #open = new Map<Session, OpenQuestion>();
	/** The newest question that was answered. */
	readonly #answered = new WeakMap<Session, number>();
	#questions = 0;
	/** Rises with every change, so that a socket let in meanwhile is looked at again. */
	generation = 0;

	constructor(rooms: Iterable<Room>, admission: Pick<Admission, 'reviewAll'>, metrics: SyncMetrics, nowMs: () => number) {
		this.#rooms = rooms;
		this.#admission = admission;
		this.#metrics = metrics;
		this.#nowMs = nowMs;
	}

	/** @returns whether every question was answered; what was not is asked again at the next tick */
	async reevaluate(changes: readonly ChangedRights[]): Promise<boolean> {
		this.generation++;
		const toldMs = this.#nowMs();
		const seats = this.#seats((room, session) => changes.some((change) => concerns(change, room, session)));
		const isAnswered = await this.review(seats);
		this.#metrics.revocationMs.observe(this.#nowMs() - toldMs);
		return isAnswered;
	}

	/** Asks about those whose time is up and those nobody could tell about; sends away whom nobody can tell about for long. */
	tick(nowMs: number): void {
		for (const [session, { room, sinceMs }] of [...this.#open]) {
			if (session.state.phase === 'ended') this.#open.delete(session);
			else if (nowMs - sinceMs > UNREVIEWED_LIMIT_MS) this.#end(room, session, CLOSE.tryLater);
		}
		const asked = this.#seats((_room, session) => hasExpired(session, nowMs) || this.#open.get(session)?.isUnanswered === true);
		for (const [, session] of asked) session.expiresAtMs = nowMs + REVIEW_AGAIN_MS;
		if (asked.length > 0) void this.review(asked);
	}

	/** @returns whether it was answered */
	async review(seats: readonly Seat[]): Promise<boolean> {
		const question = { number: ++this.#questions, askedMs: this.#nowMs() };
		for (const [room, session] of seats) {
			const sinceMs = this.#open.get(session)?.sinceMs ?? question.askedMs;
			this.#open.set(session, { room, newest: question.number, sinceMs, isUnanswered: false });
		}
		const verdicts = await this.#ask(seats);
		seats.forEach(([room, session], index) => {
			const open = this.#open.get(session);
			const verdict = verdicts?.[index];
			if (session.state.phase === 'ended') this.#open.delete(session);
			else if (verdict !== undefined) this.#answer(room, session, verdict, question);
			else if (open?.newest === question.number) this.#open.set(session, { ...open, isUnanswered: true });
		});
		return verdicts !== undefined;
	}

	/**
	 * An answer counts unless a newer question has been answered: in a storm of changes the newest is always still under
	 * way, and whoever lost access must not stay in for as long as the storm lasts.
	 */
	#answer(room: Room, session: Session, verdict: Verdict, question: { readonly number: number; readonly askedMs: number }): void {
		if (question.number < (this.#answered.get(session) ?? 0)) return;
		this.#answered.set(session, question.number);
		const open = this.#open.get(session);
		if (open && open.newest > question.number) this.#open.set(session, { ...open, sinceMs: question.askedMs });
		else this.#open.delete(session);
		this.#enforce(room, session, verdict);
	}

	/** @returns nothing when the database does not answer */
	async #ask(seats: readonly Seat[]): Promise<Verdict[] | undefined> {
		try {
			return await this.#admission.reviewAll(seats.map(([room, session]) => ({ session: session.who, document: room.name })));
		} catch {
			return undefined;
		}
	}

	#enforce(room: Room, session: Session, verdict: Verdict): void {
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
		this.#open.delete(session);
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
