import type { CaseId } from '../ids.ts';
import { ok, refuse, type Result } from '../result.ts';
import type { Meeting, OpenMeeting } from './meeting.ts';
import { currentCase } from './move.ts';
import type { NotOpen } from './park.ts';
import { atSomebody, type OnCurrentRefusal } from './run-clock.ts';

/** `caseId` is of whom the one who asks sees the meeting at; null between two. */
export type Curtain = { readonly down: true } | { readonly down: false; readonly caseId: CaseId | null };
export type CitizenPresence = { readonly present: true } | { readonly present: false; readonly caseId: CaseId | null };

/** Whoever would show more of a citizen looked at another: the meeting has moved on since. */
export interface MovedOn {
	readonly code: 'meeting-changed';
}

/** One key draws it, in a hurry: it can always be down. It is lifted only before whom one saw. */
export function setCurtain(meeting: Meeting, curtain: Curtain): Result<OpenMeeting, NotOpen | MovedOn> {
	if (meeting.phase !== 'open') return refuse({ code: 'meeting-not-open' });
	if (!curtain.down && hasMovedOn(meeting, curtain.caseId)) return refuse({ code: 'meeting-changed' });
	return ok({ ...meeting, isCurtainDown: curtain.down });
}

/**
 * The current citizen is in the room, which narrows the wall; that ends by itself when the meeting moves on, and by hand only
 * for whom one saw.
 */
export function setCitizenPresent(meeting: Meeting, presence: CitizenPresence): Result<OpenMeeting, OnCurrentRefusal | MovedOn> {
	const open = atSomebody(meeting);
	if (!open.ok) return open;
	if (!presence.present && hasMovedOn(meeting, presence.caseId)) return refuse({ code: 'meeting-changed' });
	return ok({ ...open.value, isCitizenPresent: presence.present });
}

function hasMovedOn(meeting: Meeting, seen: CaseId | null): boolean {
	return currentCase(meeting) !== seen;
}
