/** Readers of one person's unshared drafts. */
import type * as Y from 'yjs';
import type { DraftId, ObservationId, TrackId } from '../domain/ids.ts';
import { OBSERVATION_KINDS } from '../domain/observation/observation.ts';
import type { Entries } from './entries.ts';
import { entriesOf, textOf } from './entries.ts';
import type { DraftRow } from './rows.ts';
import { draftTextName } from './schema.ts';
import { isIdValue, isMark, isOneOf, isShortText } from './values.ts';

const isKind = isOneOf(OBSERVATION_KINDS);
const isTrackId = isIdValue<TrackId>();
const isObservationId = isIdValue<ObservationId>();
const isText = isShortText(Infinity);

/** Newest first; shared and removed ones too. */
export function readDrafts(doc: Y.Doc): DraftRow[] {
	return [...entriesOf(doc, 'private', 'drafts', 1)]
		.flatMap(([id, entries]) => draftOf(doc, id as DraftId, entries))
		.sort((left, right) => (left.id < right.id ? 1 : -1));
}

function draftOf(doc: Y.Doc, id: DraftId, entries: Entries): DraftRow[] {
	const created = entries.value('created', isMark);
	if (!created) return [];
	return [
		{
			id,
			created,
			text: textOf(doc, draftTextName(id)),
			kind: entries.value('kind', isKind) ?? 'fact',
			track: entries.value('track', isTrackId) ?? null,
			compartment: entries.value('compartment', isText) ?? '',
			shared: entries.value('shared', isObservationId) ?? null,
			removed: entries.value('removed', isMark) ?? null,
		},
	];
}
