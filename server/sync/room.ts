import { CLOSE, type CloseCode } from '../../board/close-codes.ts';
import type { DocName } from '../../board/doc-name.ts';
import type { MassDeletion } from '../../db/repo/mass-deletion.ts';
import type { DocumentId } from '../../domain/ids.ts';
import type { DocumentAppend } from '../log/board-log.ts';
import { RoomAwareness } from './awareness.ts';
import type { BoardReplica } from './board-replica.ts';
import type { Committable, CommitQueue } from './commit-queue.ts';
import { Delivery } from './delivery.ts';
import { DeletionWatch } from './deletion-watch.ts';
import { DocumentHold } from './document-hold.ts';
import type { DocumentLog } from './document-log.ts';
import { Flight } from './flight.ts';
import { closeCodeOf, handleFrame } from './frame-handling.ts';
import type { Frame } from './frame.ts';
import { Inbox, type Waiting } from './inbox.ts';
import {
	FAN_OUT_SHARE,
	MAX_FLIGHT_FRAMES,
	MAX_FLIGHT_MS,
	MAX_GATHER_MS,
	NOT_DURABLE_LIMIT_MS,
	ROOM_LINGER_MS,
	SEND_COST_MS,
	STALLED_COMMIT_MS,
} from './limits.ts';
import type { SyncMetrics } from './metrics.ts';
import { OnTrial } from './on-trial.ts';
import { PresenceClock } from './presence-clock.ts';
import { careFor } from './session-care.ts';
import type { Session } from './session.ts';
import { toldBefore } from './told.ts';
import type { Tried, Trials } from './trials.ts';

export interface RoomSurroundings {
	readonly log: DocumentLog;
	readonly queue: CommitQueue;
	readonly metrics: SyncMetrics;
	readonly trials: Trials;
	readonly nowMs: () => number;
	/** The read model of a document has something new in it. */
	projected(name: DocName): void;
	/** One person has deleted much of a document; it is stored with it. */
	muchDeleted(documentId: DocumentId, deletion: MassDeletion): void;
	/** A load, a projection or a checkpoint that failed; the engine goes on without it. */
	onFailure(error: unknown): void;
	/** Told once, when the room has nothing more to store and nobody in it. */
	gone(room: Room): void;
}

/**
 * One document in the air. The replica changes only in `prepare`, and nothing of it is said to anybody before
 * `committed`: at any other time it is exactly what the log holds.
 */
export class Room implements Committable {
	readonly name: DocName;
	readonly documentId: DocumentId;
	readonly sessions = new Set<Session>();
	readonly #around: RoomSurroundings;
	readonly #inbox = new Inbox();
	readonly #onTrial: OnTrial;
	readonly #awareness = new RoomAwareness();
	readonly #delivery: Delivery;
	readonly #presence: PresenceClock;
	readonly #deletions: DeletionWatch;
	readonly #hold: DocumentHold;
	#flight: Flight | undefined;
	#landedMs = 0;
	#emptySinceMs: number | undefined;
	#saidNotDurable = false;
	#presenceWaits = false;
	/** Somebody else wrote to the log: load again as soon as nothing is in flight. */
	#isStale = false;

	constructor(name: DocName, documentId: DocumentId, around: RoomSurroundings) {
		this.name = name;
		this.documentId = documentId;
		this.#around = around;
		this.#delivery = new Delivery(this.sessions, this.#awareness, around.metrics);
		const { kind } = name.compartment;
		const replica = () => this.#hold.current?.replica;
		this.#onTrial = new OnTrial(around.trials, kind, replica, (session, tried, items) => this.#tried(session, tried, items));
		this.#presence = new PresenceClock(() => this.#spreadPresence(), around.nowMs);
		this.#deletions = new DeletionWatch((deletion) => around.muchDeleted(documentId, deletion));
		this.#hold = new DocumentHold(name, documentId, around.log, around.nowMs, this.#deletions, {
			holds: (replica, untold) => this.#holds(replica, untold),
			lost: (code) => this.#vanish(code),
			projected: () => around.projected(name),
			onFailure: (error) => around.onFailure(error),
		});
		void this.#hold.load();
	}

	get phase(): DocumentHold['phase'] {
		return this.#hold.phase;
	}

	get isBusy(): boolean {
		return this.#flight !== undefined || !this.#inbox.isEmpty || !this.#onTrial.isEmpty;
	}

	/** When the oldest frame came that is neither stored nor answered yet; undefined when none waits. */
	get waitingSinceMs(): number | undefined {
		const since = [this.#flight?.items[0]?.receivedMs, this.#onTrial.oldestMs, this.#inbox.oldestMs];
		const known = since.filter((atMs) => atMs !== undefined);
		return known.length > 0 ? Math.min(...known) : undefined;
	}

	/** A room full of people gathers a little, so that its fan-out leaves the processor to others. */
	get dueAtMs(): number {
		const gatherMs = Math.min(MAX_GATHER_MS, (this.sessions.size * SEND_COST_MS) / FAN_OUT_SHARE);
		return gatherMs < 1 ? 0 : this.#landedMs + gatherMs;
	}

	get commitsAlone(): boolean {
		return this.phase === 'not-durable';
	}

	/** @returns false when the room has gone; a new one must be made */
	join(session: Session): boolean {
		if (this.phase === 'gone') return false;
		this.#hold.revive();
		this.sessions.add(session);
		this.#emptySinceMs = undefined;
		return true;
	}

	leave(session: Session): void {
		if (!this.sessions.delete(session)) return;
		this.#awareness.leave(session);
		if (this.#awareness.hasNews) this.#presence.changed();
		if (this.sessions.size === 0) this.#emptySinceMs = this.#around.nowMs();
	}

	expel(session: Session, code: CloseCode): void {
		session.close(code);
		this.leave(session);
	}

	/** @throws {RangeError | TypeError} when a presence frame is malformed */
	receive(session: Session, frame: Frame): void {
		if (frame.type === 'awareness') {
			this.#awareness.receive(session, frame.entries);
			if (this.#awareness.hasNews) this.#presence.changed();
		} else if (frame.type === 'awareness-query') {
			this.#delivery.tellWhoIsHere(session, this.#around.nowMs());
		} else {
			session.received++;
			if (frame.type === 'step-2') session.step2sSeen++;
			const step2 = frame.type === 'step-2' ? session.step2sSeen : 0;
			this.#inbox.push({ session, frame, step2, ordinal: session.received, receivedMs: this.#around.nowMs() });
			this.#askToCommit();
		}
	}

	/** Somebody else appended to this document's log. */
	refresh(): void {
		this.#isStale = true;
		if (!this.#flight && this.phase === 'live') this.#loadAgain();
	}

	prepare(): DocumentAppend | undefined {
		const replica = this.#hold.current?.replica;
		if (!replica || this.#flight) return undefined;
		const flight = new Flight(this.#around.nowMs());
		while (flight.items.length < MAX_FLIGHT_FRAMES && this.#around.nowMs() - flight.startedMs <= MAX_FLIGHT_MS) {
			const item = this.#inbox.shift();
			if (!item) break;
			if (this.#onTrial.takes(item, replica)) continue;
			const handled = handleFrame(item, replica, flight, (client) => this.#awareness.holderOf(client));
			if (handled.kind === 'handled') continue;
			this.#around.metrics.refusals.inc({ reason: handled.reason });
			this.leave(item.session);
			if (handled.spoilt) return this.#discard(flight, item, replica);
		}
		this.#flight = flight;
		const append = flight.appendTo({ documentId: this.documentId, epoch: this.name.epoch });
		if (!append) this.#land();
		return append;
	}

	/** It may be taken in, or be tried again; or its writer is sent away with what they sent after it. */
	#tried(session: Session, tried: Tried, items: readonly Waiting[]): void {
		if (tried.kind === 'passed' || tried.kind === 'put-off') this.#inbox.bringBack(items);
		else {
			this.#around.metrics.refusals.inc({ reason: tried.kind === 'refused' ? tried.code : tried.kind });
			this.expel(session, tried.kind === 'refused' ? closeCodeOf(tried.code) : CLOSE.tryLater);
		}
		if (!this.#inbox.isEmpty) this.#askToCommit();
	}

	committed(lastSeq: number): void {
		const { current } = this.#hold;
		const flight = this.#flight;
		if (!current || !flight) throw new Error('a room was told of a commit it did not ask for');
		const isContiguous = lastSeq === current.replica.seq + flight.updates.length;
		// Somebody else's update lies between: what we hold does not cover the new sequence until we have loaded it.
		if (isContiguous) current.replica.stored(lastSeq);
		else this.#isStale = true;
		current.upkeep.grew(
			flight.updates.map((update) => update.bytes),
			this.#around.nowMs(),
		);
		this.#deletions.stored(flight.updates);
		this.#land();
	}

	/** Nobody has been told anything yet. What was taken waits again; the log says what of it was stored after all. */
	failed(): void {
		const flight = this.#flight;
		if (!flight) throw new Error('a room was told of a failure of nothing');
		this.#flight = undefined;
		this.#inbox.putBack(flight.items);
		this.#deletions.failed(flight.updates);
		this.#around.metrics.notDurable.inc();
		this.#hold.storingFailed(flight.updates.map((update) => update.bytes));
		this.#sayDurable(false);
	}

	/** Nothing of what was taken is stored, and nothing of it will be; loading tells why. */
	ended(): void {
		const flight = this.#flight;
		if (!flight) throw new Error('a room was told of the end of nothing');
		this.#flight = undefined;
		this.#inbox.putBack(flight.items);
		void this.#hold.load();
	}

	/** Whether this process may write at all; told to the people here. */
	tellDurable(isDurable: boolean): void {
		if (this.phase !== 'not-durable') this.#sayDurable(isDurable);
	}

	tick(nowMs: number): void {
		for (const session of this.sessions) {
			const care = careFor(session, nowMs);
			if (care === 'resync') this.#askForResync(session, nowMs);
			else if (care === 'too-slow') this.expel(session, CLOSE.tryLater);
			else if (care === 'dead') this.#terminate(session);
		}
		if (this.#flight && nowMs - this.#flight.startedMs > STALLED_COMMIT_MS) this.#sayDurable(false);
		if (this.#flight && nowMs - this.#flight.startedMs > NOT_DURABLE_LIMIT_MS) this.#sendAway(CLOSE.tryLater);
		this.#keepUp(nowMs);
	}

	#terminate(session: Session): void {
		this.leave(session);
		session.socket.terminate();
	}

	/** Sends everybody away; what they sent before still counts. */
	#sendAway(code: CloseCode): void {
		for (const session of [...this.sessions]) this.expel(session, code);
	}

	#askToCommit(): void {
		if (this.#hold.current && !this.#flight) this.#around.queue.request(this);
	}

	/** What was in flight is stored, or was nothing to store: now people may know. */
	#land(): void {
		const { current } = this.#hold;
		const flight = this.#flight;
		if (!current || !flight) throw new Error('nothing to land');
		this.#flight = undefined;
		const nowMs = (this.#landedMs = this.#around.nowMs());
		this.#hold.stored();
		this.#delivery.land(flight, current.replica, nowMs);
		this.#sayDurable(true);
		this.#inbox.release(flight.items);
		if (this.#presenceWaits) this.#spreadPresence();
		if (this.#isStale) return this.#loadAgain();
		this.#keepUp(nowMs);
		if (!this.#inbox.isEmpty) this.#askToCommit();
	}

	/** The replica holds what was refused. What others sent is handled again on a fresh one. */
	#discard(flight: Flight, refused: Waiting, replica: BoardReplica): undefined {
		this.#inbox.putBack(flight.items);
		const untold = [...flight.items, refused].flatMap(({ frame }) => ('update' in frame ? [frame.update] : []));
		void this.#hold.load(toldBefore(untold, replica));
	}

	#loadAgain(): void {
		this.#isStale = false;
		this.#hold.loadAgain();
	}

	/** The hold has a replica: people get what they had not been told, then what they wait for. */
	#holds(replica: BoardReplica, untold: Uint8Array | undefined): void {
		this.#deletions.loaded((update) => replica.holds(update));
		if (untold) this.#delivery.spread(untold, replica, this.#around.nowMs());
		this.#askToCommit();
	}

	/** The room leaves memory. What still waited in it was never said to be stored. */
	#vanish(code: CloseCode): void {
		this.#sendAway(code);
		this.#inbox.clear();
		this.#onTrial.clear();
		this.#hold.end();
		this.#presence.stop();
		this.#around.gone(this);
	}

	#askForResync(session: Session, nowMs: number): void {
		if (session.state.phase !== 'behind') return;
		const { stateVector } = session.state.behind;
		session.state = { phase: 'resyncing' };
		this.#inbox.push({ session, frame: { type: 'resync', stateVector }, step2: 0, ordinal: 0, receivedMs: nowMs });
		this.#askToCommit();
	}

	#sayDurable(isDurable: boolean): void {
		if (this.#saidNotDurable === !isDurable) return;
		this.#saidNotDurable = !isDurable;
		this.#delivery.announce(isDurable, this.#around.nowMs());
	}

	/** Presence never runs ahead of text: a caret may stand in words that are being stored. */
	#spreadPresence(): void {
		const willLand = this.phase === 'live' && !this.#inbox.isEmpty;
		this.#presenceWaits = this.#flight !== undefined || willLand;
		if (!this.#presenceWaits) this.#delivery.spreadPresence(this.#around.nowMs());
	}

	#keepUp(nowMs: number): void {
		const { current } = this.#hold;
		if (this.phase !== 'live' || !current || this.#flight) return;
		if (this.#hold.takeDoubt()) return this.#loadAgain();
		current.upkeep.tick(current.replica, nowMs);
		const emptyForMs = this.#emptySinceMs === undefined ? 0 : nowMs - this.#emptySinceMs;
		if (this.sessions.size === 0 && !this.isBusy && emptyForMs >= ROOM_LINGER_MS) void this.finish();
	}

	/** Brings read model and checkpoint up to date and goes, unless somebody comes or something is to be stored meanwhile. */
	async finish(): Promise<void> {
		const held = this.isBusy ? undefined : this.#hold.drain();
		if (!held) return;
		const isUnchanged = () => held.isGoingOn() && !this.isBusy;
		await held.upkeep.finish(held.replica, isUnchanged);
		if (isUnchanged()) this.#vanish(CLOSE.tryLater);
		else if (held.isGoingOn()) this.#hold.revive();
	}
}
