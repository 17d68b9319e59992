import { freshCopy } from '../../board/edit/fresh-copy.ts';
import { migrateDocument } from '../../board/migrate.ts';
import { type Database, transaction } from '../../db/client.ts';
import { appendAudit } from '../../db/repo/audit.ts';
import { type BoardDocument, findDocumentById, livingDocuments, lockDocument } from '../../db/repo/document.ts';
import type { DocumentId } from '../../domain/ids.ts';
import { type CaseKeys, KeyDestroyed } from './case-keys.ts';
import { documentAt } from './history.ts';
import { writeEpoch } from './new-epoch.ts';
import { LogBroken } from './read-log.ts';
import { SealBroken } from './seal.ts';

/** What a document throws that is damaged, or whose key is gone. */
const UNREADABLE = [LogBroken, SealBroken, KeyDestroyed];

/** One document that fails for a reason of its own must not keep old pages open in all the others. */
const MOST_IN_A_ROW = 3;

export interface Unreadable {
	readonly documentId: DocumentId;
	/** What it threw, as the name of its class. */
	readonly reason: string;
}

export interface OldPagesClosed {
	readonly documents: number;
	/** What cannot be read: pages that have these open would still send what the backup lacks. */
	readonly failed: readonly Unreadable[];
}

/**
 * After a backup was restored: every document goes on as it stands, in a new epoch. A page left open since before is ahead of
 * the log, and under the old name it would send others' words once more, in the name of whoever sits before it. Drafts that
 * somebody began after the backup are in no document here: they are made anew with epoch 1, and their owner's page may send them
 * in again, which are its owner's own words.
 *
 * @throws what else fails, after all others go on in their new epochs, or when so many fail in a row that it is the database; it
 * may be run again
 */
export async function closeOldPages(db: Database, keys: CaseKeys, at: Date): Promise<OldPagesClosed> {
	const failed: Unreadable[] = [];
	let unforeseen: Error | undefined;
	let inARow = 0;
	const documents = await livingDocuments(db.orm);
	for (const document of documents) {
		try {
			await startOver(db, keys, document, at);
			inARow = 0;
		} catch (error) {
			const broken = UNREADABLE.find((each) => error instanceof each);
			if (broken) failed.push({ documentId: document.id, reason: broken.name });
			else unforeseen ??= new Error(`document ${document.id}`, { cause: error });
			if (!broken && ++inARow === MOST_IN_A_ROW) break;
		}
	}
	if (unforeseen) throw unforeseen;
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
 * are open; nobody goes back once a minute, so this is above every one there was. Two backups restored within one minute, or a
 * clock that is behind the one at an earlier restore, may give a number once more.
 */
function epochAfter(epoch: number, at: Date): number {
	return Math.max(epoch + 1, Math.floor(at.getTime() / MINUTE_MS));
}
