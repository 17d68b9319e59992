import type * as Y from 'yjs';
import { migrateDocument } from '../../board/migrate.ts';
import { newId } from '../../board/new-id.ts';
import { BOARD_SCHEMA_VERSION, type DocumentKind } from '../../board/schema.ts';
import type { Executor } from '../../db/client.ts';
import {
	type BoardDocument,
	findDocumentById,
	insertLoneUpdate,
	lockDocument,
	noteSchemaVersion,
} from '../../db/repo/document.ts';
import type { CaseKeys } from './case-keys.ts';
import { updatePlace } from './places.ts';
import { readLog } from './read-log.ts';
import { replay } from './replay.ts';
import { seal } from './seal.ts';

/**
 * Brings a stored document to today's shape: one row of the server's own in its log, before anybody sees it. Whoever
 * else finds it old waits for the lock and then finds it done; a transaction that ends before its commit did nothing.
 *
 * @param document as it was found without a lock
 * @returns the document as it stands now; undefined when it has gone meanwhile
 */
export async function migrateStored(
	tx: Executor,
	keys: CaseKeys,
	document: BoardDocument,
	at: Date,
): Promise<BoardDocument | undefined> {
	if (document.schemaVersion >= BOARD_SCHEMA_VERSION) return document;
	return tx.transaction(async (alone) => {
		await lockDocument(alone, document.id);
		const now = await findDocumentById(alone, document.id);
		if (!now || now.schemaVersion >= BOARD_SCHEMA_VERSION) return now;
		await appendMigration(alone, await keys.open(alone, now.dataKeyId), now, at);
		await noteSchemaVersion(alone, now.id, BOARD_SCHEMA_VERSION);
		return findDocumentById(alone, now.id);
	});
}

async function appendMigration(tx: Executor, key: Uint8Array, document: BoardDocument, at: Date): Promise<void> {
	const { id: documentId, seq, compartment } = document;
	const doc = replay(await readLog(tx, key, documentId, seq));
	const update = migrationOf(compartment.kind, doc);
	if (update) {
		const rowId = newId<string>(at.getTime());
		const sealed = seal(key, update, updatePlace(documentId, rowId));
		await insertLoneUpdate(tx, { documentId, seq: seq + 1, rowId, clientId: doc.clientID, sealed, receivedAt: at });
	}
	doc.destroy();
}

/** What brings a document to today's shape, as a V1 update; undefined when its log made that already. */
function migrationOf(kind: DocumentKind, doc: Y.Doc): Uint8Array | undefined {
	let update: Uint8Array | undefined;
	doc.once('update', (bytes: Uint8Array) => (update = bytes));
	migrateDocument(kind, doc);
	return update;
}
