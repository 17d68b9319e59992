import { encodeStateV2 } from '../../board/encode-state.ts';
import type { DocumentId } from '../../domain/ids.ts';
import type { BoardReplica } from './board-replica.ts';
import type { LoadedDocument } from '../log/board-log.ts';
import { isCheckpointDue } from '../log/checkpoint.ts';
import type { DocumentLog } from './document-log.ts';
import { PROJECTION_DELAY_MS } from './limits.ts';

export interface UpkeepOwner {
	/** The read model has something new in it. */
	projected(): void;
	/** A projection or checkpoint failed; it is tried again at the next tick. */
	onFailure(error: unknown): void;
}

/** What follows the commits of one document without holding them up: its read model and its checkpoints. */
export class Upkeep {
	readonly #log: DocumentLog;
	readonly #documentId: DocumentId;
	readonly #owner: UpkeepOwner;
	#rows: number;
	#bytes: number;
	#checkpointBytes: number;
	#projectedSeq: number;
	/** What readers of the read model have been told of; a room that only opens has no news. */
	#toldSeq: number;
	#behindSinceMs: number | undefined;
	#work: Promise<void> | undefined;

	constructor(
		log: DocumentLog,
		documentId: DocumentId,
		loaded: LoadedDocument,
		nowMs: number,
		owner: UpkeepOwner,
		/** Loaded again after it was lost from memory: what was stored meanwhile may be news. */
		again: boolean,
	) {
		this.#owner = owner;
		this.#log = log;
		this.#documentId = documentId;
		this.#rows = loaded.updates.length;
		this.#bytes = sumBytes(loaded.updates);
		this.#checkpointBytes = loaded.checkpoint?.length ?? 0;
		this.#projectedSeq = -1; // the last process may have died between a commit and its projection
		this.#toldSeq = again ? -1 : loaded.seq;
		this.#behindSinceMs = nowMs;
	}

	grew(updates: readonly Uint8Array[], nowMs: number): void {
		this.#rows += updates.length;
		this.#bytes += sumBytes(updates);
		this.#behindSinceMs ??= nowMs;
	}

	/** Only while the replica is exactly what the log holds. Work is done one piece at a time; a failure waits for the next tick. */
	tick(replica: BoardReplica, nowMs: number): void {
		if (this.#work) return;
		if (this.#behindSinceMs !== undefined && nowMs - this.#behindSinceMs >= PROJECTION_DELAY_MS)
			void this.#begin(this.#project(replica));
		else if (isCheckpointDue({ rows: this.#rows, bytes: this.#bytes }, this.#checkpointBytes))
			void this.#begin(this.#compact(replica));
	}

	/**
	 * Before the room goes: everything up to date.
	 *
	 * @param isUnchanged whether the replica still is exactly what the log holds and nobody came; asked before each piece
	 */
	async finish(replica: BoardReplica, isUnchanged: () => boolean): Promise<void> {
		await this.#work;
		if (isUnchanged() && this.#projectedSeq < replica.seq) await this.#begin(this.#project(replica));
		if (isUnchanged() && this.#rows > 0) await this.#begin(this.#compact(replica));
	}

	#begin(work: Promise<void>): Promise<void> {
		return (this.#work = work.catch((error: unknown) => this.#owner.onFailure(error)).finally(() => (this.#work = undefined)));
	}

	async #project(replica: BoardReplica): Promise<void> {
		const seq = replica.seq;
		const projection = replica.project();
		this.#behindSinceMs = undefined;
		if (this.#projectedSeq >= seq) return;
		try {
			await this.#log.saveProjection(this.#documentId, seq, projection);
			this.#projectedSeq = seq;
			if (seq > this.#toldSeq) this.#owner.projected();
			this.#toldSeq = seq;
		} catch (error) {
			this.#behindSinceMs ??= 0;
			throw error;
		}
	}

	async #compact(replica: BoardReplica): Promise<void> {
		const { seq } = replica;
		const [rows, bytes] = [this.#rows, this.#bytes];
		const state = encodeStateV2(replica.doc);
		await this.#log.checkpoint(this.#documentId, state, seq);
		this.#rows -= rows;
		this.#bytes -= bytes;
		this.#checkpointBytes = state.length;
	}
}

function sumBytes(updates: readonly Uint8Array[]): number {
	return updates.reduce((sum, update) => sum + update.length, 0);
}
