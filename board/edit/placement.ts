/** Edits of what only a placement document has; its tasks are edited by task.ts, its purpose as a text. */
import type * as Y from 'yjs';
import type { AccommodationId } from '../../domain/ids.ts';
import type { IsoWeek } from '../../domain/iso-week.ts';
import { newId } from '../new-id.ts';
import { accommodationTextName } from '../schema.ts';
import { choose } from './choose.ts';
import type { Added, Editor, Inverse } from './editor.ts';
import { markOf } from './editor.ts';
import { setMark, takeMark } from './entry.ts';
import type { Position } from './order.ts';
import { place } from './order.ts';
import { replaceText } from './text.ts';

/** @param hours 0 to 60 in quarters; `null` takes them back */
export function setPlannedHours(doc: Y.Doc, by: Editor, week: IsoWeek, hours: number | null): Inverse | undefined {
	return choose(doc, by, { root: 'hours', path: `${week}/planned` }, hours);
}

/** @param hours 0 to 60 in quarters; `null` takes them back */
export function setActualHours(doc: Y.Doc, by: Editor, week: IsoWeek, hours: number | null): Inverse | undefined {
	return choose(doc, by, { root: 'hours', path: `${week}/actual` }, hours);
}

/** Danish: skånehensyn. Undoing marks it as removed. */
export function addAccommodation(
	doc: Y.Doc,
	by: Editor,
	accommodation: { readonly text: string; readonly position?: Position<AccommodationId> },
): Added<AccommodationId> {
	const id = newId<AccommodationId>(Date.parse(by.at));
	doc.transact(() => {
		const accommodations = doc.getMap('accommodations');
		accommodations.set(`${id}/created`, markOf(by));
		place(doc, by, 'accommodations', id, accommodation.position ?? 'last');
		replaceText(doc, accommodationTextName(id), accommodation.text, by.origin);
	}, by.origin);
	return { id, undo: (later, undoer) => removeAccommodation(later, undoer, id) };
}

export function moveAccommodation(
	doc: Y.Doc,
	by: Editor,
	id: AccommodationId,
	position: Position<AccommodationId>,
): Inverse | undefined {
	return place(doc, by, 'accommodations', id, position);
}

export function removeAccommodation(doc: Y.Doc, by: Editor, id: AccommodationId): Inverse | undefined {
	return setMark(doc, by, 'accommodations', `${id}/removed`);
}

export function restoreAccommodation(doc: Y.Doc, by: Editor, id: AccommodationId): Inverse | undefined {
	return takeMark(doc, by, 'accommodations', `${id}/removed`);
}
