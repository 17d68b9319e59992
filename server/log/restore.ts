import { freshCopy } from '../../board/edit/fresh-copy.ts';
import { changesBetween } from '../../board/history.ts';
import { migrateDocument } from '../../board/migrate.ts';
import type { Executor } from '../../db/client.ts';
import { type BoardDocument, findDocumentById, lockDocument } from '../../db/repo/document.ts';
import type { EditBy } from './append-edit.ts';
import { documentAt } from './history.ts';
import { writeEpoch } from './new-epoch.ts';

/** `no-such-point`: its log has no such sequence, or says the same there as now. */
export type Restored = 'restored' | 'no-such-point' | 'gone';

/**
 * Takes a document back to what it was at a sequence, in a new epoch. The log before it stays as it is. Whoever holds the old
 * name learns of it by the announcement's `writtenIn`.
 */
export async function restoreDocument(
	tx: Executor,
	key: Uint8Array,
	{ id: documentId, compartment: { kind } }: BoardDocument,
	{ at, ...by }: EditBy,
	seq: number,
): Promise<Restored> {
	await lockDocument(tx, documentId);
	const document = await findDocumentById(tx, documentId);
	if (!document) return 'gone';
	if (seq < 1 || seq >= document.seq) return 'no-such-point';
	const then = await documentAt(tx, key, documentId, seq);
	const now = await documentAt(tx, key, documentId, document.seq);
	for (const doc of [then, now]) migrateDocument(kind, doc);
	const fresh = freshCopy(kind, then);
	const isTheSame = changesBetween(kind, now, fresh).length === 0;
	if (!isTheSame) await writeEpoch(tx, key, document, fresh, { epoch: document.epoch + 1, restoredTo: seq, at, by });
	for (const doc of [then, now, fresh]) doc.destroy();
	return isTheSame ? 'no-such-point' : 'restored';
}
