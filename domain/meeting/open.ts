import type { PersonId } from '../ids.ts';
import { weekOf } from '../iso-week.ts';
import { ok, refuse, type Result } from '../result.ts';
import { itemStarted } from './item-clock.ts';
import type { Meeting, OpenMeeting } from './meeting.ts';

export interface OpenMeetingRefusal {
	readonly code: 'meeting-not-planned';
}

/**
 * Begins a planned meeting, or takes a parked one up where it was left. One planned last week is about the week it is held
 * in. The curtain is down until somebody lifts it.
 */
export function openMeeting(meeting: Meeting, chairId: PersonId, at: Date): Result<OpenMeeting, OpenMeetingRefusal> {
	switch (meeting.phase) {
		case 'planned': {
			const { id, teamId, items } = meeting;
			return ok({ id, teamId, items, week: weekOf(at), openedAt: at, chairId, ...FRESH });
		}
		case 'parked': {
			const { parkedAt: _, ...running } = meeting;
			return ok({ ...running, items: meeting.items.map((item) => itemStarted(item, at)), chairId, ...FRESH });
		}
		default:
			return refuse({ code: 'meeting-not-planned' });
	}
}

const FRESH = { phase: 'open', askedBy: null, isCurtainDown: true, isCitizenPresent: false } as const;
