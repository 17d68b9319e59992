import type * as Y from 'yjs';
import type { PauseId, PersonId, TrackId } from '../../domain/ids.ts';
import type { Day, IsoWeek } from '../../domain/iso-week.ts';
import type { TrackState } from '../../domain/track/track.ts';
import { newId } from '../new-id.ts';
import type { Pause } from '../values.ts';
import { isPause } from '../values.ts';
import { choose } from './choose.ts';
import type { Added, Editor, Inverse } from './editor.ts';
import { markOf } from './editor.ts';
import { setMark, setValue, takeMark } from './entry.ts';
import type { Position } from './order.ts';
import { place } from './order.ts';

export interface NewTrack {
	readonly id?: TrackId;
	/** A track type of the case's template. */
	readonly type: string;
	readonly position?: Position<TrackId>;
	readonly owner?: PersonId;
	readonly state?: TrackState;
	readonly timesPerWeek?: number;
	readonly startsOn?: Day;
	readonly endsOn?: Day;
	readonly label?: string;
}

/** Undoing marks the track as removed: nothing is deleted, and what others wrote in it meanwhile stays. */
export function addTrack(doc: Y.Doc, by: Editor, track: NewTrack): Added<TrackId> {
	const id = track.id ?? newId<TrackId>(Date.parse(by.at));
	doc.transact(() => {
		const tracks = doc.getMap('tracks');
		tracks.set(`${id}/created`, markOf(by));
		tracks.set(`${id}/type`, track.type);
		place(doc, by, 'tracks', id, track.position ?? 'last');
		for (const field of ['owner', 'state', 'timesPerWeek', 'startsOn', 'endsOn', 'label'] as const) {
			choose(doc, by, placeOf(id, field), track[field] ?? null);
		}
	}, by.origin);
	return { id, undo: (later, undoer) => removeTrack(later, undoer, id) };
}

/** `null` takes the owner away, here and in the setters below. */
export function setTrackOwner(doc: Y.Doc, by: Editor, id: TrackId, owner: PersonId | null): Inverse | undefined {
	return choose(doc, by, placeOf(id, 'owner'), owner);
}

export function setTrackState(doc: Y.Doc, by: Editor, id: TrackId, state: TrackState | null): Inverse | undefined {
	return choose(doc, by, placeOf(id, 'state'), state);
}

/** @param times 0 to 14 in quarters; 0 is as needed */
export function setTrackTimesPerWeek(doc: Y.Doc, by: Editor, id: TrackId, times: number | null): Inverse | undefined {
	return choose(doc, by, placeOf(id, 'timesPerWeek'), times);
}

export function setTrackStartsOn(doc: Y.Doc, by: Editor, id: TrackId, day: Day | null): Inverse | undefined {
	return choose(doc, by, placeOf(id, 'startsOn'), day);
}

export function setTrackEndsOn(doc: Y.Doc, by: Editor, id: TrackId, day: Day | null): Inverse | undefined {
	return choose(doc, by, placeOf(id, 'endsOn'), day);
}

export function setTrackLabel(doc: Y.Doc, by: Editor, id: TrackId, label: string | null): Inverse | undefined {
	return choose(doc, by, placeOf(id, 'label'), label);
}

export function moveTrack(doc: Y.Doc, by: Editor, id: TrackId, position: Position<TrackId>): Inverse | undefined {
	return place(doc, by, 'tracks', id, position);
}

export function removeTrack(doc: Y.Doc, by: Editor, id: TrackId): Inverse | undefined {
	return setMark(doc, by, 'tracks', `${id}/removed`);
}

export function restoreTrack(doc: Y.Doc, by: Editor, id: TrackId): Inverse | undefined {
	return takeMark(doc, by, 'tracks', `${id}/removed`);
}

/** @param until the last week of the rest, `null` while nobody knows; undoing ends the rest where it began */
export function pauseTrack(doc: Y.Doc, by: Editor, id: TrackId, from: IsoWeek, until: IsoWeek | null = null): Added<PauseId> {
	const pauseId = newId<PauseId>(Date.parse(by.at));
	const key = `${id}/pause/${pauseId}`;
	const pause: Pause = { from, until, by: by.personId };
	doc.transact(() => doc.getMap('tracks').set(key, pause), by.origin);
	return { id: pauseId, undo: (later, undoer) => dropPause(later, undoer, key) };
}

/** Says when a rest ends; nothing changes when there is no such rest. @param until the last week of the rest */
export function resumeTrack(doc: Y.Doc, by: Editor, id: TrackId, pauseId: PauseId, until: IsoWeek): Inverse | undefined {
	const key = `${id}/pause/${pauseId}`;
	const pause = doc.getMap('tracks').get(key);
	if (!isPause(pause) || until < pause.from) return undefined;
	return endPause(doc, by, key, pause, until);
}

function endPause(doc: Y.Doc, by: Editor, key: string, pause: Pause, until: IsoWeek | null): Inverse | undefined {
	const ended: Pause = { from: pause.from, until, by: by.personId };
	if (!setValue(doc, by, 'tracks', key, ended)) return undefined;
	return (later, undoer) => {
		const now = later.getMap('tracks').get(key);
		const untouched = isPause(now) && now.by === ended.by && now.until === ended.until;
		return untouched ? endPause(later, undoer, key, now, pause.until) : undefined;
	};
}

function dropPause(doc: Y.Doc, by: Editor, key: string): Inverse | undefined {
	const tracks = doc.getMap('tracks');
	const pause = tracks.get(key);
	if (!isPause(pause)) return undefined;
	doc.transact(() => tracks.delete(key), by.origin);
	return (later, undoer) => {
		later.transact(() => later.getMap('tracks').set(key, { ...pause, by: undoer.personId }), undoer.origin);
		return (again, redoer) => dropPause(again, redoer, key);
	};
}

function placeOf(id: TrackId, field: string): { root: 'tracks'; path: string } {
	return { root: 'tracks', path: `${id}/${field}` };
}
