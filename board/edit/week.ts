import type * as Y from 'yjs';
import type { TrackId } from '../../domain/ids.ts';
import type { IsoWeek } from '../../domain/iso-week.ts';
import type { Attendance, Direction } from '../../domain/week/week-status.ts';
import { choose } from './choose.ts';
import type { Editor, Inverse } from './editor.ts';

/** The first tap. Where two people differ, setting it again picks. */
export function setDirection(doc: Y.Doc, by: Editor, week: IsoWeek, trackId: TrackId, direction: Direction): Inverse | undefined {
	return choose(doc, by, placeOf(week, trackId, 'direction'), direction);
}

/** Back to silence. */
export function clearDirection(doc: Y.Doc, by: Editor, week: IsoWeek, trackId: TrackId): Inverse | undefined {
	return choose(doc, by, placeOf(week, trackId, 'direction'), null);
}

/** The second tap; `null` is back to silence. */
export function setAttended(
	doc: Y.Doc,
	by: Editor,
	week: IsoWeek,
	trackId: TrackId,
	attended: Attendance | null,
): Inverse | undefined {
	return choose(doc, by, placeOf(week, trackId, 'attended'), attended);
}

/** The third tap: I want this talked about. It is one's own, and nobody else's to take down. */
export function setRaise(doc: Y.Doc, by: Editor, week: IsoWeek, trackId: TrackId, raised: boolean): Inverse | undefined {
	const weeks = doc.getMap('weeks');
	const key = `${week}/${trackId}/raise/${by.personId}`;
	if (weeks.has(key) === raised) return undefined;
	doc.transact(() => (raised ? weeks.set(key, true) : weeks.delete(key)), by.origin);
	return (later, undoer) => setRaise(later, undoer, week, trackId, !raised);
}

function placeOf(week: IsoWeek, trackId: TrackId, field: string): { root: 'weeks'; path: string } {
	return { root: 'weeks', path: `${week}/${trackId}/${field}` };
}
