import { and, asc, eq, gte, lt, sql } from 'drizzle-orm';
import type { MeetingId, PersonId } from '../../domain/ids.ts';
import type { Executor } from '../client.ts';
import { meeting, meetingAttendance } from '../schema/meetings.ts';
import { organisation, person } from '../schema/people.ts';
import { shownPerson, type ShownPersonRow } from './shown-person.ts';

export interface AttendancePair {
	readonly meetingId: MeetingId;
	readonly personId: PersonId;
}

/**
 * Somebody was there, on the server's clock: from the first time until, so far, the last. Only in a meeting that is on: who
 * looks at an agenda beforehand, or at an old meeting, attends nothing.
 */
export async function stampAttendance(tx: Executor, pairs: readonly AttendancePair[], at: Date): Promise<void> {
	if (pairs.length === 0) return;
	const [meetingIds, personIds] = [pairs.map(({ meetingId }) => meetingId), pairs.map(({ personId }) => personId)];
	await tx.execute(sql`
		insert into meeting_attendance (meeting_id, person_id, first_seen_at, last_seen_at)
		select m.id, seen.person_id, ${at.toISOString()}::timestamptz, ${at.toISOString()}::timestamptz
		from unnest(${sql.param(meetingIds)}::uuid[], ${sql.param(personIds)}::uuid[]) as seen (meeting_id, person_id)
			join meeting m on m.id = seen.meeting_id and m.phase = 'open'
		group by m.id, seen.person_id
		order by m.id, seen.person_id
		on conflict (meeting_id, person_id)
			do update set last_seen_at = greatest(meeting_attendance.last_seen_at, excluded.last_seen_at)`);
}

export interface AttendeeRow extends ShownPersonRow {
	readonly firstSeenAt: Date;
	readonly lastSeenAt: Date;
}

/** Whoever came, in the order they came. */
export async function attendanceOf(tx: Executor, meetingId: MeetingId): Promise<AttendeeRow[]> {
	const { firstSeenAt, lastSeenAt } = meetingAttendance;
	const rows = await tx
		.select({ ...shownPerson, firstSeenAt, lastSeenAt })
		.from(meetingAttendance)
		.innerJoin(person, eq(person.id, meetingAttendance.personId))
		.innerJoin(organisation, eq(organisation.id, person.organisationId))
		.where(eq(meetingAttendance.meetingId, meetingId))
		.orderBy(asc(firstSeenAt), asc(person.id));
	return rows as AttendeeRow[]; // safe: ids are ours
}

export async function lastSeen(tx: Executor, { meetingId, personId }: AttendancePair): Promise<Date | undefined> {
	const one = and(eq(meetingAttendance.meetingId, meetingId), eq(meetingAttendance.personId, personId));
	const [row] = await tx.select({ at: meetingAttendance.lastSeenAt }).from(meetingAttendance).where(one);
	return row?.at;
}

/** Who was there at an instant or later. */
export async function seenSince(tx: Executor, meetingId: MeetingId, since: Date): Promise<PersonId[]> {
	const seen = and(eq(meetingAttendance.meetingId, meetingId), gte(meetingAttendance.lastSeenAt, since));
	const rows = await tx.select({ personId: meetingAttendance.personId }).from(meetingAttendance).where(seen);
	return rows.map(({ personId }) => personId as PersonId); // safe: written by us
}

/** Open meetings in which nobody was seen since an instant. */
export async function meetingsUnseenSince(tx: Executor, since: Date): Promise<MeetingId[]> {
	const seen = tx
		.select({ one: sql`1` })
		.from(meetingAttendance)
		.where(and(eq(meetingAttendance.meetingId, meeting.id), sql`${meetingAttendance.lastSeenAt} >= ${since.toISOString()}`));
	const rows = await tx
		.select({ id: meeting.id })
		.from(meeting)
		.where(and(eq(meeting.phase, 'open'), lt(meeting.openedAt, since), sql`not exists ${seen}`));
	return rows.map(({ id }) => id as MeetingId); // safe: written by us
}
