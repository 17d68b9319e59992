import { ok, refuse, type Result } from '../result.ts';
import { itemStarted, itemStopped } from './item-clock.ts';
import type { Meeting, OpenMeeting } from './meeting.ts';
import { currentCase } from './move.ts';
import type { NotOpen } from './park.ts';

export type OnCurrentRefusal = NotOpen | { readonly code: 'nobody-current' };

/** Pauses the current item's clock, or lets it run on. @param at server clock */
export function runClock(meeting: Meeting, running: boolean, at: Date): Result<OpenMeeting, OnCurrentRefusal> {
	const open = atSomebody(meeting);
	if (!open.ok) return open;
	const set = running ? itemStarted : itemStopped;
	return ok({ ...open.value, items: open.value.items.map((item) => set(item, at)) });
}

/** For what makes sense only while a citizen is talked of. */
export function atSomebody(meeting: Meeting): Result<OpenMeeting, OnCurrentRefusal> {
	if (meeting.phase !== 'open') return refuse({ code: 'meeting-not-open' });
	if (currentCase(meeting) === null) return refuse({ code: 'nobody-current' });
	return ok(meeting);
}
