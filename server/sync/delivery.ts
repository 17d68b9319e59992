import * as Y from 'yjs';
import { encodeState } from '../../board/encode-state.ts';
import { encodeAck, encodeDurable } from '../../board/durable-ack.ts';
import type { AwarenessNews, RoomAwareness } from './awareness.ts';
import type { BoardReplica } from './board-replica.ts';
import type { Flight } from './flight.ts';
import { encodeStep1, encodeStep2, encodeUpdate } from './frame.ts';
import type { Waiting } from './inbox.ts';
import type { SyncMetrics } from './metrics.ts';
import type { Session } from './session.ts';
import { fallBehind, isBehind, mayGetAwareness } from './slow-reader.ts';

/**
 * Says to people what is stored. Only called while the replica is exactly what the log holds.
 */
export class Delivery {
	readonly #sessions: ReadonlySet<Session>;
	readonly #awareness: RoomAwareness;
	readonly #metrics: SyncMetrics;
	/** The answer to someone who has nothing, for a crowd that joins at once; thrown away at each commit. */
	#wholeDocument: Uint8Array | undefined;

	constructor(sessions: ReadonlySet<Session>, awareness: RoomAwareness, metrics: SyncMetrics) {
		this.#sessions = sessions;
		this.#awareness = awareness;
		this.#metrics = metrics;
	}

	/** After COMMIT: one merged frame to each session, the answers, the requests for what is missing, the receipts. */
	land(flight: Flight, replica: BoardReplica, nowMs: number): void {
		if (flight.updates.length > 0) this.spread(mergedUpdate(flight), replica, nowMs, soleAuthor(flight));
		for (const item of flight.answers) this.#answer(item, replica, nowMs);
		for (const session of flight.gaps) this.#askForMissing(session, replica, nowMs);
		this.#acknowledge(flight, nowMs);
	}

	spread(update: Uint8Array, replica: BoardReplica, nowMs: number, except?: Session): void {
		this.#wholeDocument = undefined;
		const frame = encodeUpdate(update);
		for (const session of this.#sessions) {
			if (session.state.phase === 'live' && session !== except) this.#sendDocument(session, frame, 0, replica, nowMs);
		}
	}

	announce(isDurable: boolean, nowMs: number): void {
		const frame = encodeDurable(isDurable);
		for (const session of this.#sessions) session.send(frame, nowMs);
	}

	spreadPresence(nowMs: number): void {
		const news: AwarenessNews = this.#awareness.takeNews();
		for (const session of this.#sessions) {
			if (session.state.phase !== 'live' || !mayGetAwareness(session.socket.bufferedAmount)) continue;
			const frame = news.frameFor(session);
			if (frame) session.send(frame, nowMs);
		}
	}

	tellWhoIsHere(session: Session, nowMs: number): void {
		const frame = this.#awareness.everybody().frameFor(session);
		if (frame) session.send(frame, nowMs);
	}

	#answer({ session, frame }: Waiting, replica: BoardReplica, nowMs: number): void {
		if (session.state.phase === 'ended') return;
		if (frame.type === 'resync') {
			this.#metrics.resyncs.inc();
			session.state = { phase: 'live' };
			const missed = encodeUpdate(encodeState(replica.doc, frame.stateVector));
			return this.#sendDocument(session, missed, missed.length, replica, nowMs);
		}
		if (frame.type !== 'step-1') return;
		const isNew = session.state.phase === 'joining';
		if (isNew) session.state = { phase: 'live' };
		const answer = frame.knowsNothing ? this.#whole(replica) : encodeStep2(encodeState(replica.doc, frame.stateVector));
		this.#sendDocument(session, answer, answer.length, replica, nowMs);
		if (isNew) this.#welcome(session, replica, nowMs);
	}

	/** The stock client pushes what it wrote offline only as an answer to our step 1. */
	#welcome(session: Session, replica: BoardReplica, nowMs: number): void {
		this.#askFor(session, replica, nowMs);
		session.send(encodeDurable(true), nowMs);
		this.tellWhoIsHere(session, nowMs);
	}

	#whole(replica: BoardReplica): Uint8Array {
		return (this.#wholeDocument ??= encodeStep2(encodeState(replica.doc)));
	}

	#askForMissing(session: Session, replica: BoardReplica, nowMs: number): void {
		if (session.step1sSent <= session.step2sSeen) this.#askFor(session, replica, nowMs);
		if (session.gap) session.gap = { ...session.gap, answer: session.step1sSent };
	}

	#askFor(session: Session, replica: BoardReplica, nowMs: number): void {
		session.step1sSent++;
		session.send(encodeStep1(Y.encodeStateVector(replica.doc)), nowMs);
	}

	#sendDocument(session: Session, frame: Uint8Array, answerBytes: number, replica: BoardReplica, nowMs: number): void {
		session.send(frame, nowMs);
		if (session.state.phase !== 'live' || !isBehind(session.socket.bufferedAmount)) return;
		session.state = { phase: 'behind', behind: fallBehind(Y.encodeStateVector(replica.doc), answerBytes, nowMs) };
	}

	#acknowledge(flight: Flight, nowMs: number): void {
		const senders = new Set<Session>();
		for (const { session, ordinal, receivedMs, frame } of flight.items) {
			if (frame.type === 'resync' || session.gap) continue;
			session.handled = Math.max(session.handled, ordinal);
			this.#metrics.ackLagMs.observe(nowMs - receivedMs);
			senders.add(session);
		}
		for (const session of senders) if (session.handled > session.acknowledged) acknowledge(session, nowMs);
	}
}

/** Also the keep-alive: the stock client takes 30 s without a data frame for a dead line. */
export function acknowledge(session: Session, nowMs: number): void {
	session.acknowledged = session.handled;
	session.send(encodeAck(session.handled), nowMs);
}

function mergedUpdate(flight: Flight): Uint8Array {
	const updates = flight.updates.map((update) => update.bytes);
	return updates.length === 1 ? updates[0]! : Y.mergeUpdates(updates); // length checked
}

function soleAuthor(flight: Flight): Session | undefined {
	return flight.authors.size === 1 ? [...flight.authors][0] : undefined;
}
