import type { TaskId } from '../ids.ts';
import { ok, refuse, type Result } from '../result.ts';
import { itemEnded } from './item-clock.ts';
import type { AgendaItem, ClosedMeeting, Meeting } from './meeting.ts';

export type CloseMeetingRefusal =
	| { readonly code: 'meeting-not-open' | 'nothing-discussed' }
	| { readonly code: 'tasks-unaccounted'; readonly taskIds: readonly TaskId[] };

/** A citizen who was talked of: the item is over, or the meeting is at it. */
export function isDiscussed({ state }: AgendaItem): boolean {
	return state === 'done' || state === 'current';
}

/**
 * Ends an open meeting. Every task that was open must be done, carried or dropped by someone, because a task that just
 * disappears is the worst thing a meeting can do. What was not reached waits for the next meeting.
 *
 * @param unaccounted overdue tasks nobody answered
 * @param at server clock; the browser's clock never decides when a meeting ended
 */
export function closeMeeting(
	meeting: Meeting,
	unaccounted: readonly TaskId[],
	at: Date,
): Result<ClosedMeeting, CloseMeetingRefusal> {
	if (meeting.phase !== 'open') return refuse({ code: 'meeting-not-open' });
	if (!meeting.items.some(isDiscussed)) return refuse({ code: 'nothing-discussed' });
	if (unaccounted.length > 0) return refuse({ code: 'tasks-unaccounted', taskIds: unaccounted });
	const { id, teamId, week, openedAt, chairId } = meeting;
	return ok({
		...{ id, teamId, week, openedAt, chairId },
		items: meeting.items.map((item) => ended(item, at)),
		phase: 'closed',
		closedAt: at,
	});
}

function ended(item: AgendaItem, at: Date): AgendaItem {
	return item.state === 'waiting' ? { ...item, state: 'not-reached' } : itemEnded(item, at);
}
