import type { PersonId } from '../ids.ts';
import { ok, refuse, type Result } from '../result.ts';
import type { Meeting, OpenMeeting } from './meeting.ts';
import type { NotOpen } from './park.ts';

/** Who has not been seen for so long is away, in milliseconds; a reconnect takes less. */
export const ABSENT_AFTER_MS = 30_000;

export type AskForChairRefusal = NotOpen | { readonly code: 'already-chair' | 'chair-asked' };

/**
 * Anyone can ask for the chair, so that a meeting never stands still because its lead left: an absent chair's is given at
 * once. Who asked first is not pushed aside by who asks later.
 *
 * @param isChairPresent by the server's own attendance
 */
export function askForChair(
	meeting: Meeting,
	personId: PersonId,
	isChairPresent: boolean,
): Result<OpenMeeting, AskForChairRefusal> {
	if (meeting.phase !== 'open') return refuse({ code: 'meeting-not-open' });
	if (meeting.chairId === personId) return refuse({ code: 'already-chair' });
	if (!isChairPresent) return ok({ ...meeting, chairId: personId, askedBy: null });
	if (meeting.askedBy !== null && meeting.askedBy !== personId) return refuse({ code: 'chair-asked' });
	return ok({ ...meeting, askedBy: personId });
}

/** Also answers who asked: whoever keeps the chair hands it to themselves. */
export function handChair(meeting: Meeting, to: PersonId): Result<OpenMeeting, NotOpen> {
	if (meeting.phase !== 'open') return refuse({ code: 'meeting-not-open' });
	return ok({ ...meeting, chairId: to, askedBy: null });
}

/** @param seenAt when the server last saw somebody; undefined when it never did */
export function isPresent(seenAt: Date | undefined, at: Date): boolean {
	return seenAt !== undefined && at.getTime() - seenAt.getTime() < ABSENT_AFTER_MS;
}

/** Nobody's before the meeting began. */
export function chairOf(meeting: Meeting): PersonId | null {
	return meeting.phase === 'planned' ? null : meeting.chairId;
}
