/** A team document as it looks after a year of weekly meetings. */
import type * as Y from 'yjs';
import type { Editor } from '../../board/edit/editor.ts';
import { addTask, finishTask } from '../../board/edit/task.ts';
import { replaceText } from '../../board/edit/text.ts';
import { addTrack, setTrackState } from '../../board/edit/track.ts';
import { setAttended, setDirection, setRaise } from '../../board/edit/week.ts';
import { newId } from '../../board/new-id.ts';
import { goalTextName, lineTextName } from '../../board/schema.ts';
import type { PersonId } from '../../domain/ids.ts';
import { addWeeks, isoWeek } from '../../domain/iso-week.ts';

export const WEEKS = 52;
export const TRACKS = 7;
export const TASKS_A_WEEK = 4;
export const FIRST_WEEK = isoWeek('2026-W01');
const LINE = 'Kom til alle aftaler, men gik tidligt torsdag. Vil gerne prøve lageret igen i næste uge.';

/** Seven people, each with a new client id every week, as reloads make them. @returns one of them */
export function writeYear(doc: Y.Doc, nowMs: number): Editor {
	const people = Array.from({ length: 7 }, () => newId<PersonId>(nowMs));
	const editor = (index: number): Editor => {
		const personId = people[index % people.length]!;
		return { personId, origin: { source: 'field', personId }, at: new Date(nowMs).toISOString() };
	};
	replaceText(doc, goalTextName('team'), LINE, editor(0).origin);
	replaceText(doc, goalTextName('citizen'), LINE, editor(0).origin);
	const tracks = Array.from(
		{ length: TRACKS },
		(_, index) =>
			addTrack(doc, editor(index), {
				type: 'psychologist',
				owner: people[index]!,
				state: 'running',
				timesPerWeek: 2,
				startsOn: '2026-01-05',
			}).id,
	);
	for (let week = 0; week < WEEKS; week++) {
		for (const [index, track] of tracks.entries()) {
			doc.clientID = 1 + week * 100 + index;
			const by = editor(index);
			const at = addWeeks(FIRST_WEEK, week);
			setDirection(doc, by, at, track, 'forward');
			setAttended(doc, by, at, track, { came: 2, planned: 3 });
			if (week % 4 === 0) setRaise(doc, by, at, track, true);
			if (week % 13 === 0) setTrackState(doc, by, track, week % 26 === 0 ? 'running' : 'paused');
			if ((week + index) % 2 === 0) replaceText(doc, lineTextName(at, track), LINE, by.origin);
		}
		for (let index = 0; index < TASKS_A_WEEK; index++) {
			const task = addTask(doc, editor(index), {
				text: 'Ring til lægen om henvisningen',
				track: tracks[index]!,
				owner: people[index]!,
				dueOn: '2026-11-26',
			});
			if (week < WEEKS - 3) finishTask(doc, editor(index), task.id);
		}
	}
	return editor(0);
}
