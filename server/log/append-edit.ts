import * as Y from 'yjs';
import { newId } from '../../board/new-id.ts';
import { type BoardDocument, findDocumentById, insertLoneUpdate, lockDocument } from '../../db/repo/document.ts';
import type { Executor } from '../../db/client.ts';
import type { PersonId } from '../../domain/ids.ts';
import { updatePlace } from './places.ts';
import { readLog } from './read-log.ts';
import { replay } from './replay.ts';
import { seal } from './seal.ts';

export interface EditBy {
	readonly personId: PersonId;
	readonly sessionId: string;
	readonly at: Date;
}

/**
 * An edit a command makes in somebody's name: the document's next row, in the command's transaction. Open boards learn of it
 * by the announcement's `writtenIn`.
 *
 * @param edit changes the document as it is now; an edit that changes nothing leaves no row
 * @returns whether there is a new row; undefined when the document has gone meanwhile
 */
export async function appendEdit(
	tx: Executor,
	key: Uint8Array,
	document: BoardDocument,
	{ personId, sessionId, at }: EditBy,
	edit: (doc: Y.Doc) => void,
): Promise<boolean | undefined> {
	await lockDocument(tx, document.id);
	const now = await findDocumentById(tx, document.id);
	if (!now) return undefined;
	const doc = replay(await readLog(tx, key, now.id, now.seq));
	const changes: Uint8Array[] = [];
	doc.on('update', (bytes: Uint8Array) => changes.push(bytes));
	edit(doc);
	const { clientID } = doc;
	doc.destroy();
	if (changes.length === 0) return false;
	const [documentId, rowId] = [now.id, newId<string>(at.getTime())];
	const sealed = seal(key, Y.mergeUpdates(changes), updatePlace(documentId, rowId));
	const author = { personId, sessionId };
	await insertLoneUpdate(tx, { documentId, seq: now.seq + 1, rowId, clientId: clientID, sealed, receivedAt: at, author });
	return true;
}
