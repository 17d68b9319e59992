import { ok, refuse, type Result } from '../result.ts';
import { itemStopped } from './item-clock.ts';
import type { Meeting, ParkedMeeting } from './meeting.ts';

/** How long an open meeting may be without anybody before it is laid aside, in milliseconds: 30 minutes. */
export const FORGOTTEN_MS = 30 * 60_000;

export interface NotOpen {
	readonly code: 'meeting-not-open';
}

/** Lays a meeting aside for later: no clock runs, the wall shows nobody. A forgotten one ends like this too, never closed. */
export function parkMeeting(meeting: Meeting, at: Date): Result<ParkedMeeting, NotOpen> {
	if (meeting.phase !== 'open') return refuse({ code: 'meeting-not-open' });
	const items = meeting.items.map((item) => itemStopped(item, at));
	return ok({ ...meeting, phase: 'parked', parkedAt: at, items, askedBy: null, isCurtainDown: true, isCitizenPresent: false });
}
