import * as Y from 'yjs';
import type { Editor } from '../../board/edit/editor.ts';
import type { PersonId, TrackId } from '../../domain/ids.ts';
import { asId } from '../../domain/ids.ts';
import { isoWeek } from '../../domain/iso-week.ts';

export const WEEK_47 = isoWeek('2026-W47');
export const AT = '2026-11-21T10:14:00.000Z';
export const AT_MS = Date.parse(AT);

export function anId<Kind extends string>(number: number): Kind {
	return asId<PersonId>(`00000000-0000-7000-8000-${String(number).padStart(12, '0')}`) as string as Kind;
}

export const METTE = anId<PersonId>(1);
export const JONAS = anId<PersonId>(2);
export const A_TRACK = anId<TrackId>(900);

export function anEditor(personId: PersonId = METTE, at: string = AT): Editor {
	return { personId, at, origin: { source: 'field', personId } };
}

/** A document whose client id is known, so that a conflict is won by the same side in every run. */
export function aDocument(clientId: number, from?: Y.Doc): Y.Doc {
	const doc = new Y.Doc();
	doc.clientID = clientId;
	if (from) Y.applyUpdate(doc, Y.encodeStateAsUpdate(from));
	return doc;
}

/** Gives each what the other has. */
export function sync(left: Y.Doc, right: Y.Doc): void {
	Y.applyUpdate(right, Y.encodeStateAsUpdate(left, Y.encodeStateVector(right)));
	Y.applyUpdate(left, Y.encodeStateAsUpdate(right, Y.encodeStateVector(left)));
}
