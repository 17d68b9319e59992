import * as Y from 'yjs';
import type { DocumentId, PersonId } from '../../domain/ids.ts';
import type { DocumentAppend } from '../../server/log/board-log.ts';
import { NOON } from './case-builders.ts';

export interface Writer {
	readonly doc: Y.Doc;
	readonly personId: PersonId;
	/** Types into the team's goal and gives back the update. */
	type(text: string): Uint8Array;
}

/** Somebody with a document of their own, typing at the end of the team's goal. */
export function aWriter(personId: PersonId, from?: Y.Doc): Writer {
	const doc = new Y.Doc();
	if (from) Y.applyUpdate(doc, Y.encodeStateAsUpdate(from));
	return {
		doc,
		personId,
		type(text) {
			let update: Uint8Array = new Uint8Array();
			doc.once('update', (bytes: Uint8Array) => (update = bytes));
			const goal = doc.getText('goal/team');
			goal.insert(goal.length, text);
			return update;
		},
	};
}

/** An append of one document; the writer's client id is claimed where `claims` says so. */
export function anAppend(
	documentId: DocumentId, writer: Writer, texts: readonly string[], { claims = false, receivedAt = NOON } = {},
): DocumentAppend {
	return {
		documentId,
		updates: texts.map((text) => ({ bytes: writer.type(text), personId: writer.personId, sessionId: 's1', receivedAt })),
		newClients: claims ? [{ clientId: writer.doc.clientID, personId: writer.personId }] : [],
	};
}
