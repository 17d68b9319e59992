import * as Y from 'yjs';
import { newId } from '../../board/new-id.ts';
import { project } from '../../board/project.ts';
import { BOARD_SCHEMA_VERSION } from '../../board/schema.ts';
import type { Executor } from '../../db/client.ts';
import { beginEpoch } from '../../db/repo/document-epoch.ts';
import { type BoardDocument, insertLoneUpdate, noteSchemaVersion, upsertProjections } from '../../db/repo/document.ts';
import { deleteStampsOfOtherTasks } from '../../db/repo/meeting-task.ts';
import type { EditBy } from './append-edit.ts';
import { updatePlace } from './places.ts';
import { sealProjection } from './projection.ts';
import { seal } from './seal.ts';

export interface EpochOpening {
	readonly epoch: number;
	/** The sequence the document is taken back to. */
	readonly restoredTo: number;
	readonly at: Date;
	/** Absent when the system begins it. */
	readonly by?: Omit<EditBy, 'at'>;
}

/**
 * Ends the epoch a document has: the first row of the next holds the whole of it and shares nothing with what was. Whoever
 * comes with the old name starts over, and what they send meanwhile is not stored, for the append asks for the epoch.
 *
 * @param document as it is, locked by this transaction
 * @param fresh a copy that shares nothing with it
 */
export async function writeEpoch(
	tx: Executor,
	key: Uint8Array,
	{ id: documentId, seq, compartment: { kind } }: BoardDocument,
	fresh: Y.Doc,
	{ epoch, restoredTo, at, by }: EpochOpening,
): Promise<void> {
	const first = { documentId, seq: seq + 1, rowId: newId<string>(at.getTime()), clientId: fresh.clientID };
	const sealed = seal(key, Y.encodeStateAsUpdate(fresh), updatePlace(documentId, first.rowId));
	const restoredBy = by?.personId ?? null;
	await beginEpoch(tx, { documentId, epoch, firstSeq: first.seq, restoredTo, restoredBy, restoredAt: at });
	await insertLoneUpdate(tx, { ...first, sealed, receivedAt: at, ...(by && { author: by }), isNobodysClient: true });
	await noteSchemaVersion(tx, documentId, BOARD_SCHEMA_VERSION);
	const projection = project(kind, fresh);
	if ('tasks' in projection) {
		const taskIds = projection.tasks.map(({ id }) => id);
		await deleteStampsOfOtherTasks(tx, documentId, taskIds);
	}
	const rows = sealProjection(key, documentId, first.seq, projection);
	await upsertProjections(tx, [{ documentId, seq: first.seq, sealed: rows }], at);
}
