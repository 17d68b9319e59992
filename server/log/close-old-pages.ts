import { freshCopy } from '../../board/edit/fresh-copy.ts';
import { migrateDocument } from '../../board/migrate.ts';
import { type Database, transaction } from '../../db/client.ts';
import { appendAudit } from '../../db/repo/audit.ts';
import { type BoardDocument, findDocumentById, livingDocuments, lockDocument } from '../../db/repo/document.ts';
import type { DocumentId } from '../../domain/ids.ts';
import type { CaseKeys } from './case-keys.ts';
import { documentAt } from './history.ts';
import { writeEpoch } from './new-epoch.ts';

export interface OldPagesClosed {
	readonly documents: number;
	/** What is broken at rest: pages that have these open would still send what the backup lacks. */
	readonly failed: readonly { readonly documentId: DocumentId; readonly error: unknown }[];
}

/**
 * After a backup was restored: every document goes on as it stands, in a new epoch. A page left open since before is ahead of
 * the log, and under the old name it would send others' words once more, in the name of whoever sits before it.
 */
export async function closeOldPages(db: Database, keys: CaseKeys, at: Date): Promise<OldPagesClosed> {
	const failed: { documentId: DocumentId; error: unknown }[] = [];
	const documents = await livingDocuments(db.orm);
	for (const document of documents) {
		await startOver(db, keys, document, at).catch((error: unknown) => failed.push({ documentId: document.id, error }));
	}
	return { documents: documents.length - failed.length, failed };
}

function startOver(db: Database, keys: CaseKeys, { id: documentId, dataKeyId }: BoardDocument, at: Date): Promise<void> {
	return transaction(db, async (tx) => {
		await lockDocument(tx, documentId);
		const document = await findDocumentById(tx, documentId);
		if (!document) return;
		const { caseId, seq, compartment } = document;
		const key = await keys.open(tx, dataKeyId);
		const now = await documentAt(tx, key, documentId, seq);
		migrateDocument(compartment.kind, now);
		const fresh = freshCopy(compartment.kind, now);
		await writeEpoch(tx, key, document, fresh, { epoch: epochAfter(document.epoch, at), restoredTo: seq, at });
		for (const doc of [now, fresh]) doc.destroy();
		const subject = { caseId, documentId, seq: String(seq) };
		await appendAudit(tx, caseId, { action: 'document.restore', subject, at, personId: null, sessionId: null });
	});
}

const MINUTE_MS = 60_000;

/**
 * The minutes since 1970. The next number may have been an epoch already, of which the backup knows nothing and in which pages
 * are open; nobody goes back once a minute, so this is above every one there was, also when a backup is restored twice.
 */
function epochAfter(epoch: number, at: Date): number {
	return Math.max(epoch + 1, Math.floor(at.getTime() / MINUTE_MS));
}
