import type { DocumentId } from '../../domain/ids.ts';
import type { DocumentAppend } from '../log/board-log.ts';
import type { DocumentLog } from './document-log.ts';
import { MAX_BATCH_BYTES, MAX_BATCH_UPDATES } from './limits.ts';
import type { SyncMetrics } from './metrics.ts';

/** What the queue sees of a room. */
export interface Committable {
	readonly documentId: DocumentId;
	/** When it has gathered long enough; 0 for at once. */
	readonly dueAtMs: number;
	/** It failed before and commits alone, so that it cannot take others with it. */
	readonly commitsAlone: boolean;
	/** Applies what waits; `undefined` when nothing of it needs storing. */
	prepare(): DocumentAppend | undefined;
	committed(lastSeq: number): void;
	failed(): void;
	/** The document is no longer there, or its epoch has ended: nothing of it was stored, nothing of it ever will be. */
	ended(): void;
}

/**
 * Group commit. At most one append is in flight; what arrives meanwhile joins the next. An idle queue starts within
 * the same turn of the event loop, after all frames of that turn have been read.
 */
export class CommitQueue {
	readonly #log: Pick<DocumentLog, 'append'>;
	readonly #nowMs: () => number;
	readonly #metrics: SyncMetrics;
	readonly #onFailure: (error: unknown) => void;
	readonly #waiting = new Set<Committable>();
	#isCommitting = false;
	#isStopped = false;
	#cancelStart: (() => void) | undefined;
	#startsAtMs = Infinity;

	constructor(log: Pick<DocumentLog, 'append'>, nowMs: () => number, metrics: SyncMetrics, onFailure: (error: unknown) => void) {
		this.#onFailure = onFailure;
		this.#log = log;
		this.#nowMs = nowMs;
		this.#metrics = metrics;
	}

	request(room: Committable): void {
		this.#waiting.add(room);
		this.#schedule();
	}

	#schedule(): void {
		if (this.#isCommitting || this.#isStopped || this.#waiting.size === 0) return;
		let dueAtMs = Infinity;
		for (const room of this.#waiting) dueAtMs = Math.min(dueAtMs, room.dueAtMs);
		if (dueAtMs >= this.#startsAtMs) return;
		this.#cancelStart?.();
		this.#startsAtMs = dueAtMs;
		this.#cancelStart = startIn(dueAtMs - this.#nowMs(), () => this.#start());
	}

	#start(): void {
		this.#cancelStart = undefined;
		this.#startsAtMs = Infinity;
		const batch = this.#gather();
		if (batch.size === 0) return this.#schedule();
		this.#isCommitting = true;
		void this.#commit(batch).finally(() => {
			this.#isCommitting = false;
			this.#schedule();
		});
	}

	#gather(): Map<Committable, DocumentAppend> {
		const batch = new Map<Committable, DocumentAppend>();
		const documents = new Set<DocumentId>();
		const size = { updates: 0, bytes: 0 };
		const nowMs = this.#nowMs();
		for (const room of this.#waiting) {
			if (size.updates >= MAX_BATCH_UPDATES || size.bytes >= MAX_BATCH_BYTES) break;
			if (room.dueAtMs > nowMs || (room.commitsAlone && batch.size > 0)) continue;
			// The answer is by document: two epochs of one must not be taken for each other.
			if (documents.has(room.documentId)) continue;
			this.#waiting.delete(room);
			const append = room.prepare();
			if (!append) continue;
			batch.set(room, append);
			documents.add(room.documentId);
			size.updates += append.updates.length;
			for (const update of append.updates) size.bytes += update.bytes.length;
			if (room.commitsAlone) break;
		}
		if (batch.size > 0) this.#metrics.batchUpdates.observe(size.updates);
		return batch;
	}

	async #commit(batch: ReadonlyMap<Committable, DocumentAppend>): Promise<void> {
		const startedMs = this.#nowMs();
		const stored = await this.#append([...batch.values()]);
		this.#metrics.appendMs.observe(this.#nowMs() - startedMs);
		for (const [room, append] of batch) {
			const lastSeq = stored?.get(append.documentId);
			if (!stored) room.failed();
			else if (lastSeq === undefined) room.ended();
			else room.committed(lastSeq);
		}
	}

	/** Whatever goes wrong in the log is a commit whose fate the rooms find out by reading it again. */
	async #append(batch: DocumentAppend[]): Promise<ReadonlyMap<DocumentId, number> | undefined> {
		try {
			return await this.#log.append(batch);
		} catch (error) {
			this.#onFailure(error);
			return undefined;
		}
	}

	/** The process has lost touch with the database: nothing is taken until `resume`. */
	stop(): void {
		this.#isStopped = true;
		this.#cancelStart?.();
		this.#cancelStart = undefined;
		this.#startsAtMs = Infinity;
	}

	resume(): void {
		this.#isStopped = false;
		this.#schedule();
	}
}

function startIn(delayMs: number, start: () => void): () => void {
	if (delayMs <= 0) {
		const immediate = setImmediate(start);
		return () => clearImmediate(immediate);
	}
	const timer = setTimeout(start, delayMs);
	return () => clearTimeout(timer);
}
