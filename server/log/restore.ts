import * as Y from 'yjs';
import { freshCopy } from '../../board/edit/fresh-copy.ts';
import { changesBetween } from '../../board/history.ts';
import { migrateDocument } from '../../board/migrate.ts';
import { newId } from '../../board/new-id.ts';
import { project } from '../../board/project.ts';
import { BOARD_SCHEMA_VERSION } from '../../board/schema.ts';
import type { Executor } from '../../db/client.ts';
import { beginEpoch } from '../../db/repo/document-epoch.ts';
import {
	type BoardDocument,
	findDocumentById,
	insertLoneUpdate,
	lockDocument,
	noteSchemaVersion,
	upsertProjections,
} from '../../db/repo/document.ts';
import { deleteStampsOfOtherTasks } from '../../db/repo/meeting-task.ts';
import type { EditBy } from './append-edit.ts';
import { documentAt } from './history.ts';
import { updatePlace } from './places.ts';
import { sealProjection } from './projection.ts';
import { seal } from './seal.ts';

/** `no-such-point`: its log has no such sequence, or says the same there as now. */
export type Restored = 'restored' | 'no-such-point' | 'gone';

/**
 * Takes a document back to what it was at a sequence, in a new epoch: one row with the whole of it, which shares nothing
 * with what was. The log before it stays as it is. Whoever holds the old name learns of it by the announcement's
 * `writtenIn`; what they send meanwhile is not stored, for the append asks for the epoch.
 */
export async function restoreDocument(
	tx: Executor,
	key: Uint8Array,
	{ id: documentId, compartment: { kind } }: BoardDocument,
	{ personId, sessionId, at }: EditBy,
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
	if (!isTheSame) {
		const first = { documentId, seq: document.seq + 1, rowId: newId<string>(at.getTime()), clientId: fresh.clientID };
		const sealed = seal(key, Y.encodeStateAsUpdate(fresh), updatePlace(documentId, first.rowId));
		const epoch = document.epoch + 1;
		await beginEpoch(tx, { documentId, epoch, firstSeq: first.seq, restoredTo: seq, restoredBy: personId, restoredAt: at });
		await insertLoneUpdate(tx, { ...first, sealed, receivedAt: at, author: { personId, sessionId }, isNobodysClient: true });
		await noteSchemaVersion(tx, documentId, BOARD_SCHEMA_VERSION);
		const projection = project(kind, fresh);
		if ('tasks' in projection)
			await deleteStampsOfOtherTasks(
				tx,
				documentId,
				projection.tasks.map(({ id }) => id),
			);
		const rows = sealProjection(key, documentId, first.seq, projection);
		await upsertProjections(tx, [{ documentId, seq: first.seq, sealed: rows }], at);
	}
	for (const doc of [then, now, fresh]) doc.destroy();
	return isTheSame ? 'no-such-point' : 'restored';
}
