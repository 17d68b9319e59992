/** What a colleague does on a board: the same small things people do all week. */
import { setTimeout as pause } from 'node:timers/promises';
import type * as Y from 'yjs';
import type { Editor } from '../../../board/edit/editor.ts';
import { finishTask } from '../../../board/edit/task.ts';
import { replaceText } from '../../../board/edit/text.ts';
import { setAttended, setDirection, setRaise } from '../../../board/edit/week.ts';
import { readTasks, readTracks } from '../../../board/read.ts';
import { isOpen, type TrackRow } from '../../../board/rows.ts';
import { agreedTextName, lineTextName } from '../../../board/schema.ts';
import type { IsoWeek } from '../../../domain/iso-week.ts';
import { CHECKLIST_LINES } from '../../../domain/meeting/checklist.ts';
import { DIRECTIONS, type Direction } from '../../../domain/week/week-status.ts';
import type { Chance } from '../chance.ts';

export interface Desk {
	readonly doc: Y.Doc;
	readonly by: Editor;
	readonly week: IsoWeek;
	readonly chance: Chance;
	/** Sentences for a week that went that way. */
	readonly words: Readonly<Record<Direction, readonly string[]>>;
}

const KEYSTROKE_MS = { least: 40, most: 140 } as const;

/** One thing between meetings: a status with attendance, a line, a raised hand, or a finished task. */
export async function workOnBoard(desk: Desk): Promise<void> {
	const { doc, by, week, chance, words } = desk;
	const track = ownTrack(desk);
	if (!track) return;
	const roll = chance.next();
	if (roll < 0.8) {
		const direction = chance.oneOf(DIRECTIONS);
		setDirection(doc, by, week, track.id, direction);
		const planned = chance.between(1, 5);
		setAttended(doc, by, week, track.id, { came: chance.between(0, planned), planned });
		if (chance.happens(0.5)) await typeText(desk, lineTextName(week, track.id), chance.oneOf(words[direction]));
	} else if (roll < 0.9) {
		setRaise(doc, by, week, track.id, chance.happens(0.7));
	} else {
		const task = readTasks(doc).find((each) => isOpen(each) && each.owner.values.some(({ value }) => value === by.personId));
		if (task) finishTask(doc, by, task.id);
	}
}

/** Where the meeting is: one of the six lines that nobody has written yet. */
export async function workInMeeting(desk: Desk): Promise<void> {
	const { doc, week, chance, words } = desk;
	const empty = CHECKLIST_LINES.filter((line) => doc.getText(agreedTextName(week, line)).length === 0);
	if (empty.length > 0 && chance.happens(0.5))
		await typeText(desk, agreedTextName(week, chance.oneOf(empty)), chance.oneOf(words[chance.oneOf(DIRECTIONS)]));
	else await workOnBoard(desk);
}

/** One's own track if there is one: whoever has none tells of any. */
function ownTrack({ doc, by, chance }: Desk): TrackRow | undefined {
	const tracks = readTracks(doc).filter(({ removed }) => !removed);
	const own = tracks.filter(({ owner }) => owner.values.some(({ value }) => value === by.personId));
	const among = own.length > 0 ? own : tracks;
	return among.length > 0 ? chance.oneOf(among) : undefined;
}

/** Letter by letter, as a person types: others see it grow. */
async function typeText({ doc, by, chance }: Desk, name: string, words: string): Promise<void> {
	for (let typed = 1; typed <= words.length; typed++) {
		replaceText(doc, name, words.slice(0, typed), by.origin);
		await pause(chance.between(KEYSTROKE_MS.least, KEYSTROKE_MS.most));
	}
}
