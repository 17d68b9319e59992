import type { Database } from '../../../db/client.ts';
import { seenSince } from '../../../db/repo/meeting-attendance.ts';
import { attendersAmong, placeOf, type MeetingPlace } from '../../../db/repo/meeting-place.ts';
import type { MeetingId, PersonId } from '../../../domain/ids.ts';
import { dayOf } from '../../../domain/iso-week.ts';
import { ABSENT_AFTER_MS } from '../../../domain/meeting/chair.ts';

/** What the meeting room asks before it says anything: where a meeting is, and who may hear of it. */
export interface MeetingPlaces {
	/** Undefined when there is no such meeting. */
	placeOf(meetingId: MeetingId): Promise<MeetingPlace | undefined>;
	/** Whom the server saw there within the last half minute, this process or the one before it, and who still may. */
	seenLately(meetingId: MeetingId): Promise<readonly PersonId[]>;
	/** Who of these people may attend which of these meetings; one statement for any number. */
	attenders(meetingIds: readonly MeetingId[], personIds: readonly PersonId[]): Promise<ReadonlySet<string>>;
}

/** A person in a meeting, as a word. */
export function seatKey(meetingId: MeetingId, personId: PersonId): string {
	return `${meetingId} ${personId}`;
}

export function createMeetingPlaces(db: Database, now: () => Date): MeetingPlaces {
	return {
		placeOf: (meetingId) => placeOf(db.orm, meetingId),
		async seenLately(meetingId) {
			const seen = await seenSince(db.orm, meetingId, new Date(now().getTime() - ABSENT_AFTER_MS));
			return (await attendersAmong(db.orm, [meetingId], seen, dayOf(now()))).map(({ personId }) => personId);
		},
		async attenders(meetingIds, personIds) {
			if (meetingIds.length === 0 || personIds.length === 0) return new Set();
			const pairs = await attendersAmong(db.orm, meetingIds, personIds, dayOf(now()));
			return new Set(pairs.map(({ meetingId, personId }) => seatKey(meetingId, personId)));
		},
	};
}
