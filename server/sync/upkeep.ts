import * as Y from 'yjs';
import type { DocumentId } from '../../domain/ids.ts';
import type { BoardReplica } from './board-replica.ts';
import type { DocumentLog, LoadedDocument } from './document-log.ts';
import { CHECKPOINT_BYTES, CHECKPOINT_ROWS, PROJECTION_DELAY_MS } from './limits.ts';

/** Compact a document when its log has grown past a share of it: loading stays quick, writing stays rare. */
export function needsCheckpoint(rows: number, bytes: number, checkpointBytes: number): boolean {
	return rows >= CHECKPOINT_ROWS || bytes > Math.max(CHECKPOINT_BYTES, checkpointBytes / 2);
}

/** What follows the commits of one document without holding them up: its read model and its checkpoints. */
export class Upkeep {
	readonly #log: DocumentLog;
	readonly #documentId: DocumentId;
	#rows: number;
	#bytes: number;
	#checkpointBytes: number;
	#projectedSeq: number;
	#behindSinceMs: number | undefined;
	#work: Promise<void> | undefined;

	constructor(log: DocumentLog, documentId: DocumentId, loaded: LoadedDocument, nowMs: number) {
		this.#log = log;
		this.#documentId = documentId;
		this.#rows = loaded.updates.length;
		this.#bytes = sumBytes(loaded.updates);
		this.#checkpointBytes = loaded.checkpoint?.length ?? 0;
		this.#projectedSeq = -1; // the last process may have died between a commit and its projection
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
		if (this.#behindSinceMs !== undefined && nowMs - this.#behindSinceMs >= PROJECTION_DELAY_MS) this.#begin(this.#project(replica));
		else if (needsCheckpoint(this.#rows, this.#bytes, this.#checkpointBytes)) this.#begin(this.#compact(replica));
	}

	/** Before the room goes: everything up to date. */
	async finish(replica: BoardReplica): Promise<void> {
		await this.#work;
		if (this.#projectedSeq < replica.seq) await this.#project(replica);
		if (this.#rows > 0) await this.#compact(replica);
	}

	#begin(work: Promise<void>): void {
		this.#work = work.catch(() => {}).finally(() => (this.#work = undefined)); // tried again at the next tick
	}

	async #project(replica: BoardReplica): Promise<void> {
		const seq = replica.seq;
		const projection = replica.project();
		this.#behindSinceMs = undefined;
		if (this.#projectedSeq >= seq) return;
		try {
			await this.#log.saveProjection(this.#documentId, seq, projection);
			this.#projectedSeq = seq;
		} catch (error) {
			this.#behindSinceMs ??= 0;
			throw error;
		}
	}

	async #compact(replica: BoardReplica): Promise<void> {
		const { seq } = replica;
		const [rows, bytes] = [this.#rows, this.#bytes];
		const state = compactVerified(replica.doc);
		await this.#log.checkpoint(this.#documentId, state, seq);
		this.#rows -= rows;
		this.#bytes -= bytes;
		this.#checkpointBytes = state.length;
	}
}

/** @throws {Error} when the compact form would not load as the same document: then the log alone stays the truth */
function compactVerified(doc: Y.Doc): Uint8Array {
	const compact = Y.encodeStateAsUpdateV2(doc);
	const whole = Y.encodeStateAsUpdate(doc);
	if (!isSame(normalised(whole, Y.applyUpdate), normalised(compact, Y.applyUpdateV2))) throw new Error('a checkpoint is not its document');
	return compact;
}

/** How a run of text is cut into structs depends on how it came; loading it fresh makes two copies comparable. */
function normalised(update: Uint8Array, apply: typeof Y.applyUpdate): Uint8Array {
	const doc = new Y.Doc();
	apply(doc, update);
	const bytes = Y.encodeStateAsUpdate(doc);
	doc.destroy();
	return bytes;
}

function isSame(left: Uint8Array, right: Uint8Array): boolean {
	return Buffer.compare(left, right) === 0;
}

function sumBytes(updates: readonly Uint8Array[]): number {
	return updates.reduce((sum, update) => sum + update.length, 0);
}
