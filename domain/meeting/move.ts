import type { CaseId } from '../ids.ts';
import { ok, refuse, type Result } from '../result.ts';
import { itemEnded } from './item-clock.ts';
import type { Meeting, OpenMeeting } from './meeting.ts';
import type { NotOpen } from './park.ts';

export type MoveRefusal = NotOpen | { readonly code: 'not-on-agenda' };

/**
 * Takes the meeting to a citizen, or to nobody between two. Whoever was current is done, and may become current again. The
 * curtain falls, so that the next citizen's name never stands on the wall while this one walks out.
 */
export function moveTo(meeting: Meeting, caseId: CaseId | null, at: Date): Result<OpenMeeting, MoveRefusal> {
	if (meeting.phase !== 'open') return refuse({ code: 'meeting-not-open' });
	if (caseId !== null && !meeting.items.some((item) => item.caseId === caseId)) return refuse({ code: 'not-on-agenda' });
	const isThere = currentCase(meeting) === caseId;
	if (isThere) return ok(meeting);
	const items = meeting.items.map((item) => {
		if (item.caseId !== caseId) return itemEnded(item, at);
		const { budgetMs, spentMs } = item;
		return { caseId, budgetMs, spentMs, state: 'current', since: at } as const;
	});
	return ok({ ...meeting, items, isCurtainDown: true, isCitizenPresent: false });
}

/** Where the meeting is; null between citizens. */
export function currentCase(meeting: Meeting): CaseId | null {
	return meeting.items.find(({ state }) => state === 'current')?.caseId ?? null;
}
