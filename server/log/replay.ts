import * as Y from 'yjs';
import { encodeState } from '../../board/encode-state.ts';
import type { EditOrigin } from '../../board/edit-origin.ts';

/** A document as it lies in the log. */
export interface LoggedDocument {
	/** The newest checkpoint as a V2 update. */
	readonly checkpoint: Uint8Array | null;
	/** What came after it as V1 updates, oldest first. */
	readonly updates: readonly Uint8Array[];
}

const REPLAY: EditOrigin = { source: 'replay' };

/** The document the log tells of. One transaction for all: merging thousands of updates first would be super-linear. */
export function replay({ checkpoint, updates }: LoggedDocument): Y.Doc {
	const doc = new Y.Doc();
	doc.transact(() => {
		if (checkpoint) Y.applyUpdateV2(doc, checkpoint, REPLAY);
		for (const update of updates) Y.applyUpdate(doc, update, REPLAY);
	}, REPLAY);
	return doc;
}

/** Equal in state vector and in every struct and deletion, however the structs happen to be split. */
export function sameDocument(one: Y.Doc, other: Y.Doc): boolean {
	return Buffer.from(Y.encodeStateVector(one)).equals(Y.encodeStateVector(other)) && normalForm(one).equals(normalForm(other));
}

/** Loading merges what lies side by side, so two equal documents with different histories encode alike. */
function normalForm(doc: Y.Doc): Buffer {
	const fresh = new Y.Doc();
	Y.applyUpdate(fresh, encodeState(doc));
	const bytes = Buffer.from(encodeState(fresh));
	fresh.destroy();
	return bytes;
}
