import { and, eq, isNull } from 'drizzle-orm';
import type { CaseId, MeetingId, PersonId } from '../../domain/ids.ts';
import type { Day } from '../../domain/iso-week.ts';
import type { MeetingPhase } from '../../domain/meeting/meeting.ts';
import type { Executor } from '../client.ts';
import { meeting, meetingItem } from '../schema/meetings.ts';
import { person, teamMember } from '../schema/people.ts';
import { among } from './among.ts';
import type { AttendancePair } from './meeting-attendance.ts';
import { runsOn } from './team.ts';

/** As much of a meeting as is told without being asked. */
export interface MeetingPlace {
	readonly revision: number;
	readonly phase: MeetingPhase;
	/** Null between citizens. */
	readonly caseId: CaseId | null;
}

export async function placeOf(tx: Executor, meetingId: MeetingId): Promise<MeetingPlace | undefined> {
	const [row] = await tx
		.select({ revision: meeting.revision, phase: meeting.phase, caseId: meetingItem.caseId })
		.from(meeting)
		.leftJoin(meetingItem, and(eq(meetingItem.meetingId, meeting.id), eq(meetingItem.state, 'current')))
		.where(eq(meeting.id, meetingId));
	return row as MeetingPlace | undefined; // safe: ids are ours
}

/** Members of the meetings' teams on a day, among these people. */
export async function attendersAmong(
	tx: Executor,
	meetingIds: readonly MeetingId[],
	personIds: readonly PersonId[],
	today: Day,
): Promise<AttendancePair[]> {
	const rows = await tx
		.selectDistinct({ meetingId: meeting.id, personId: person.id })
		.from(meeting)
		.innerJoin(teamMember, and(eq(teamMember.teamId, meeting.teamId), runsOn(today)))
		.innerJoin(person, and(eq(person.id, teamMember.personId), isNull(person.endedAt)))
		.where(and(among(meeting.id, meetingIds), among(person.id, personIds)));
	return rows as AttendancePair[]; // safe: ids are ours
}
