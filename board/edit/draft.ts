/** Edits of one person's unshared observations; the words are edited as the text `draft/<id>`. */
import type * as Y from 'yjs';
import type { DraftId, ObservationId, TrackId } from '../../domain/ids.ts';
import type { ObservationKind } from '../../domain/observation/observation.ts';
import { newId } from '../new-id.ts';
import { draftTextName } from '../schema.ts';
import type { Added, Editor, Inverse } from './editor.ts';
import { markOf } from './editor.ts';
import { setMark, setValue } from './entry.ts';
import { replaceText } from './text.ts';

export interface NewDraft {
	readonly id?: DraftId;
	readonly kind: ObservationKind;
	readonly track: TrackId | null;
	/** Where it is meant to be shared: `formatCompartment` writes it. Left out where its author has yet to say. */
	readonly compartment?: string;
	readonly text?: string;
}

export function addDraft(doc: Y.Doc, by: Editor, draft: NewDraft): Added<DraftId> {
	const id = draft.id ?? newId<DraftId>(Date.parse(by.at));
	doc.transact(() => {
		const drafts = doc.getMap('drafts');
		drafts.set(`${id}/created`, markOf(by));
		drafts.set(`${id}/kind`, draft.kind);
		drafts.set(`${id}/track`, draft.track);
		if (draft.compartment) drafts.set(`${id}/compartment`, draft.compartment);
		replaceText(doc, draftTextName(id), draft.text ?? '', by.origin);
	}, by.origin);
	return { id, undo: (later, undoer) => removeDraft(later, undoer, id) };
}

export function setDraftKind(doc: Y.Doc, by: Editor, id: DraftId, kind: ObservationKind): Inverse | undefined {
	return setValue(doc, by, 'drafts', `${id}/kind`, kind);
}

export function setDraftTrack(doc: Y.Doc, by: Editor, id: DraftId, track: TrackId | null): Inverse | undefined {
	return setValue(doc, by, 'drafts', `${id}/track`, track);
}

export function setDraftCompartment(doc: Y.Doc, by: Editor, id: DraftId, compartment: string): Inverse | undefined {
	return setValue(doc, by, 'drafts', `${id}/compartment`, compartment);
}

export function removeDraft(doc: Y.Doc, by: Editor, id: DraftId): Inverse | undefined {
	return setMark(doc, by, 'drafts', `${id}/removed`);
}

/** Notes which observation the draft became. Sharing cannot be undone, so neither can this. */
export function noteDraftShared(doc: Y.Doc, by: Editor, id: DraftId, observationId: ObservationId): void {
	const drafts = doc.getMap('drafts');
	const key = `${id}/shared`;
	if (!drafts.has(key)) doc.transact(() => drafts.set(key, observationId), by.origin);
}
