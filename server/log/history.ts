/** A document's past, from its log. */
import type * as Y from 'yjs';
import type { LoggedEdit } from '../../board/history.ts';
import { epochsBetween, type EpochStart } from '../../db/repo/document-epoch.ts';
import { authoredBetween, spanWritten } from '../../db/repo/document-history.ts';
import type { Executor } from '../../db/client.ts';
import type { DocumentId } from '../../domain/ids.ts';
import { updatePlace } from './places.ts';
import { readLog } from './read-log.ts';
import { replay } from './replay.ts';
import { unseal } from './seal.ts';

/** The document as it was at a sequence; the caller destroys it. @throws {LogBroken} @throws {SealBroken} */
export async function documentAt(tx: Executor, key: Uint8Array, documentId: DocumentId, seq: number): Promise<Y.Doc> {
	return replay(await readLog(tx, key, documentId, seq));
}

export interface WrittenStretch {
	/** As it was before the first edit; the caller destroys it. */
	readonly doc: Y.Doc;
	readonly edits: readonly LoggedEdit[];
	/** The restores among them. */
	readonly epochs: readonly EpochStart[];
}

/** What was written in a stretch of time; undefined when nothing was. @param until not included */
export async function readStretch(
	tx: Executor,
	key: Uint8Array,
	documentId: DocumentId,
	from: Date,
	until: Date,
): Promise<WrittenStretch | undefined> {
	const span = await spanWritten(tx, documentId, from, until);
	if (!span) return undefined;
	const rows = await authoredBetween(tx, documentId, span.first - 1, span.last);
	const epochs = await epochsBetween(tx, documentId, span.first, span.last);
	const begins = new Set(epochs.map(({ firstSeq }) => firstSeq));
	const edits = rows.map(({ seq, personId, receivedAt, rowId, sealed }) => ({
		seq,
		personId,
		atMs: receivedAt.getTime(),
		update: unseal(key, sealed, updatePlace(documentId, rowId)),
		beginsEpoch: begins.has(seq),
	}));
	return { doc: await documentAt(tx, key, documentId, span.first - 1), edits, epochs };
}
