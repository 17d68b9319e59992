import type { Executor } from '../../db/client.ts';
import { newestCheckpoint, updatesBetween } from '../../db/repo/document.ts';
import { epochBegin } from '../../db/repo/document-epoch.ts';
import type { DocumentId } from '../../domain/ids.ts';
import { checkpointPlace, updatePlace } from './places.ts';
import type { LoggedDocument } from './replay.ts';
import { unseal } from './seal.ts';

/** A sequence is missing between the checkpoint and the end: storage was tampered with or restored in part. */
export class LogBroken extends Error {}

/** The log of a document up to one sequence, opened: of the epoch that sequence lies in. @throws {LogBroken} @throws {SealBroken} */
export async function readLog(tx: Executor, key: Uint8Array, documentId: DocumentId, until: number): Promise<LoggedDocument> {
	const begin = await epochBegin(tx, documentId, until);
	const checkpoint = await newestCheckpoint(tx, documentId, begin, until);
	const from = checkpoint?.seq ?? begin - 1;
	const rows = await updatesBetween(tx, documentId, from, until);
	const isWhole = rows.length === until - from && rows.every((row, index) => row.seq === from + 1 + index);
	if (!isWhole) throw new LogBroken(`${documentId}: ${rows.length} rows from ${from} to ${until}`);
	return {
		checkpoint: checkpoint ? unseal(key, checkpoint.sealed, checkpointPlace(documentId, checkpoint.seq)) : null,
		updates: rows.map((row) => unseal(key, row.sealed, updatePlace(documentId, row.rowId))),
	};
}
