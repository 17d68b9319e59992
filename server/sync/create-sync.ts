import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { CLOSE } from '../../board/close-codes.ts';
import type { DocName } from '../../board/doc-name.ts';
import type { MassDeletion } from '../../db/repo/mass-deletion.ts';
import type { DocumentId, PersonId } from '../../domain/ids.ts';
import type { Admission } from '../auth/admission.ts';
import type { ChangedRights, RightsListener } from '../auth/rights-watch.ts';
import { CommitQueue } from './commit-queue.ts';
import type { DocumentLog } from './document-log.ts';
import { drain } from './drain.ts';
import { RETRY_FIRST_MS, TICK_MS } from './limits.ts';
import { NO_METRICS, type SyncMetrics } from './metrics.ts';
import { Rights } from './rights.ts';
import { Rooms } from './rooms.ts';
import { Trials } from './trials.ts';
import { createUpgrade } from './upgrade.ts';

export interface SyncParts {
	readonly log: DocumentLog;
	readonly admission: Pick<Admission, 'admit' | 'reviewAll'>;
	readonly now: () => Date;
	/** Whether this process knows whose rights have changed; while it does not, nothing is stored. */
	readonly isInTouch?: () => boolean;
	readonly metrics?: SyncMetrics;
	/** Told after the read model of a document took in what was committed: whoever shows it may ask again. */
	readonly onProjected?: (name: DocName) => void;
	/** Told when one person has deleted much of a document: ids and counts, never words. */
	readonly onMuchDeleted?: (documentId: DocumentId, deletion: MassDeletion) => void;
	/** Told of failures that the engine survives: a load, a projection, a checkpoint, an admission. */
	readonly onFailure: (error: unknown) => void;
}

export interface Sync extends Required<RightsListener> {
	handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
	/** Rights may have changed: every affected socket is asked about again. Resolves with whether all were answered. */
	reevaluate(changes: readonly ChangedRights[]): Promise<boolean>;
	/** Somebody else appended to a document's log. */
	refresh(documentId: DocumentId): void;
	/** Who has it open here, under whatever name. */
	connectedTo(this: void, documentId: DocumentId): readonly PersonId[];
	stats(): SyncStats;
	/** Stops taking sockets, stores what waits, closes all with 1012 spread over some seconds. */
	drain(deadlineMs: number): Promise<void>;
}

export interface SyncStats {
	readonly rooms: number;
	readonly sockets: number;
	readonly notDurableRooms: number;
	readonly bufferedBytes: number;
	/** For how long the oldest frame has waited to be stored or answered; 0 when none waits. */
	readonly waitingMs: number;
}

/** Nothing was stored: this process does not know whose rights have changed since. */
class OutOfTouch extends Error {}

/** The engine of one process: its rooms, their one commit queue and their one clock. */
export function createSync(parts: SyncParts): Sync {
	const { log, admission, now, metrics = NO_METRICS, onFailure } = parts;
	const { isInTouch = () => true, onProjected = () => {}, onMuchDeleted = () => {} } = parts;
	const nowMs = () => now().getTime();
	/** `lostTouch` may come late: who stood still reads what has arrived before a clock strikes. */
	const append: DocumentLog['append'] = async (batch) => {
		if (!isInTouch()) throw new OutOfTouch('not stored: out of touch with the database');
		return log.append(batch);
	};
	const queue = new CommitQueue({ append }, nowMs, metrics, onFailure);
	const muchDeleted: typeof onMuchDeleted = (documentId, deletion) => {
		metrics.massDeletions.inc();
		onMuchDeleted(documentId, deletion);
	};
	const trials = new Trials(onFailure);
	const rooms = new Rooms({ log, queue, metrics, trials, nowMs, projected: onProjected, muchDeleted, onFailure });
	const rights = new Rights(rooms, admission, metrics, nowMs);
	let isOpen = true;
	/** Rises each time touch is lost or found again: only the newest may let writing go on. */
	let touch = 0;
	const handleUpgrade = createUpgrade({ admission, log, rooms, rights, metrics, nowMs, onFailure, isOpen: () => isOpen });
	const clock = setInterval(() => {
		const atMs = nowMs();
		rights.tick(atMs);
		for (const room of rooms) room.tick(atMs);
	}, TICK_MS);
	/** Whoever lost rights while nobody could tell must be gone before anything is taken. */
	const resumeWhenConfirmed = async (since: number): Promise<void> => {
		while (!(await rights.reevaluate([{ caseId: null, personId: null }]))) {
			await sleep(RETRY_FIRST_MS, undefined, { ref: false });
			if (since !== touch || !isOpen) return;
		}
		if (since !== touch) return;
		queue.resume();
		for (const room of rooms) room.tellDurable(true);
	};
	return {
		handleUpgrade,
		reevaluate: (changes) => rights.reevaluate(changes),
		rightsChanged: (changes) => void rights.reevaluate(changes),
		lostTouch() {
			touch++;
			queue.stop();
			for (const room of rooms) room.tellDurable(false);
		},
		backInTouch: () => void resumeWhenConfirmed(++touch),
		refresh: (documentId) => refresh(rooms, documentId),
		connectedTo: (documentId) => connectedTo(rooms, documentId),
		stats: () => count(rooms, nowMs()),
		async drain(deadlineMs) {
			isOpen = false;
			await drain(rooms, deadlineMs, nowMs, CLOSE.restarting);
			clearInterval(clock);
			await trials.stop();
		},
	};
}

function refresh(rooms: Rooms, documentId: DocumentId): void {
	for (const room of rooms) if (room.documentId === documentId) room.refresh();
}

function connectedTo(rooms: Rooms, documentId: DocumentId): readonly PersonId[] {
	const people = new Set<PersonId>();
	for (const room of rooms) if (room.documentId === documentId) for (const { who } of room.sessions) people.add(who.personId);
	return [...people];
}

function count(rooms: Rooms, nowMs: number): SyncStats {
	const stats = { rooms: rooms.size, sockets: 0, notDurableRooms: 0, bufferedBytes: 0, waitingMs: 0 };
	for (const room of rooms) {
		stats.sockets += room.sessions.size;
		if (room.phase === 'not-durable') stats.notDurableRooms++;
		stats.waitingMs = Math.max(stats.waitingMs, nowMs - (room.waitingSinceMs ?? nowMs));
		for (const session of room.sessions) stats.bufferedBytes += session.socket.bufferedAmount;
	}
	return stats;
}
