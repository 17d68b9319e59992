import type { Executor } from '../../../db/client.ts';
import { findMeeting, type StoredMeeting } from '../../../db/repo/meeting.ts';
import { isMemberOn } from '../../../db/repo/team-membership.ts';
import type { MeetingId } from '../../../domain/ids.ts';
import { dayOf } from '../../../domain/iso-week.ts';
import { mayAttendMeeting, type MeetingTeam } from '../../../domain/policy.ts';
import type { QueryContext } from '../query-context.ts';

export interface AttendedMeeting extends StoredMeeting {
	/** As policy asks for it. */
	readonly team: MeetingTeam;
}

/** Undefined when there is no such meeting, or the reader is not of its team. */
export async function attendedMeeting(
	{ signedIn: { actor } }: QueryContext,
	tx: Executor,
	meetingId: MeetingId,
	at: Date,
): Promise<AttendedMeeting | undefined> {
	const found = await findMeeting(tx, meetingId);
	if (!found) return undefined;
	const { teamId } = found.meeting;
	const team = { teamId, isMember: await isMemberOn(tx, teamId, actor.personId, dayOf(at)) };
	return mayAttendMeeting(actor, team) ? { ...found, team } : undefined;
}
