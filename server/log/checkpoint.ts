/** Compaction of a document. Stored only when it equals what the log tells, and chained to the one before it. */
import { createHash } from 'node:crypto';
import * as Y from 'yjs';
import type { Executor } from '../../db/client.ts';
import { checkpointsOf, insertCheckpoint, newestCheckpoint } from '../../db/repo/document.ts';
import type { DocumentId } from '../../domain/ids.ts';
import { checkpointPlace } from './places.ts';
import { readLog } from './read-log.ts';
import { replay, sameDocument } from './replay.ts';
import { seal, unseal } from './seal.ts';

/** The room's document is not what its log tells: the room must be loaded anew, and an operator told. */
export class CheckpointDiffers extends Error {}

const MIN_BYTES = 256_000;
const MAX_ROWS = 500;

/** @param since what the log gained since the last checkpoint */
export function isCheckpointDue(since: { readonly rows: number; readonly bytes: number }, checkpointBytes: number): boolean {
	return since.rows >= MAX_ROWS || since.bytes > Math.max(MIN_BYTES, checkpointBytes / 2);
}

export interface NewCheckpoint {
	readonly documentId: DocumentId;
	readonly seq: number;
	/** The whole state as a V2 update. */
	readonly state: Uint8Array;
	readonly at: Date;
}

/** False when there is one at or after this sequence. @throws {CheckpointDiffers} */
export async function storeCheckpoint(
	tx: Executor,
	key: Uint8Array,
	{ documentId, seq, state, at }: NewCheckpoint,
): Promise<boolean> {
	const before = await newestCheckpoint(tx, documentId, 0, Number.MAX_SAFE_INTEGER);
	if (before && before.seq >= seq) return false;
	const told = replay(await readLog(tx, key, documentId, seq));
	const claimed = new Y.Doc();
	Y.applyUpdateV2(claimed, state);
	const equal = sameDocument(told, claimed);
	told.destroy();
	claimed.destroy();
	if (!equal) throw new CheckpointDiffers(`${documentId} at ${seq}`);
	const sealed = seal(key, state, checkpointPlace(documentId, seq));
	return insertCheckpoint(tx, documentId, { seq, sealed, hash: chained(before?.hash, state) }, at);
}

/** The sequence of the first checkpoint whose hash does not follow from the one before; undefined when all do. */
export async function brokenCheckpoint(tx: Executor, key: Uint8Array, documentId: DocumentId): Promise<number | undefined> {
	let before: Buffer | undefined;
	for (const { seq, sealed, hash } of await checkpointsOf(tx, documentId)) {
		if (!hash.equals(chained(before, unseal(key, sealed, checkpointPlace(documentId, seq))))) return seq;
		before = hash;
	}
	return undefined;
}

function chained(before: Uint8Array | undefined, state: Uint8Array): Buffer {
	return createHash('sha256')
		.update(before ?? Buffer.alloc(32))
		.update(state)
		.digest();
}
