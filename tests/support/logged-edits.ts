import * as Y from 'yjs';
import type { DocumentId, PersonId } from '../../domain/ids.ts';
import type { DocumentAppend } from '../../server/log/board-log.ts';
import { NOON } from './case-builders.ts';

export interface Writer {
	readonly doc: Y.Doc;
	readonly personId: PersonId;
	/** Types into the team's goal and gives back the update. */
	type(text: string): Uint8Array;
	/** @param at UTF-16 code units from the start */
	erase(at: number, length: number): Uint8Array;
}

/** Somebody with a document of their own, typing at the end of the team's goal. */
export function aWriter(personId: PersonId): Writer {
	const doc = new Y.Doc();
	const goal = doc.getText('goal/team');
	const updateOf = (edit: () => void): Uint8Array => {
		let update: Uint8Array = new Uint8Array();
		doc.once('update', (bytes: Uint8Array) => (update = bytes));
		edit();
		return update;
	};
	return {
		doc,
		personId,
		type: (text) => updateOf(() => goal.insert(goal.length, text)),
		erase: (at, length) => updateOf(() => goal.delete(at, length)),
	};
}

/** An append of one document; the writer's client id is claimed where `claims` says so. */
export function anAppend(
	documentId: DocumentId,
	writer: Writer,
	texts: readonly string[],
	{ claims = false, receivedAt = NOON } = {},
): DocumentAppend {
	return {
		documentId,
		epoch: 1,
		updates: texts.map((text) => ({ bytes: writer.type(text), personId: writer.personId, sessionId: 's1', receivedAt })),
		newClients: claims ? [{ clientId: writer.doc.clientID, personId: writer.personId }] : [],
	};
}
