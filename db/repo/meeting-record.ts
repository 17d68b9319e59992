/** Closed meetings, as they are looked up afterwards. */
import { and, asc, desc, eq, sql } from 'drizzle-orm';
import type { CaseId, MeetingId, PersonId, TeamId } from '../../domain/ids.ts';
import type { IsoWeek } from '../../domain/iso-week.ts';
import type { ItemState } from '../../domain/meeting/meeting.ts';
import type { Executor } from '../client.ts';
import { meeting, meetingItem } from '../schema/meetings.ts';
import { organisation, team } from '../schema/people.ts';
import { among } from './among.ts';

export interface ClosedMeetingRow {
	readonly id: MeetingId;
	readonly teamId: TeamId;
	readonly teamName: string;
	readonly organisationName: string;
	readonly week: IsoWeek;
	readonly openedAt: Date;
	readonly closedAt: Date;
	readonly chairId: PersonId;
	readonly discussed: number;
	readonly notReached: number;
	readonly came: number;
}

export interface RecordedItemRow {
	readonly caseId: CaseId;
	readonly state: ItemState;
	readonly budgetMs: number;
	readonly spentMs: number;
}

/** Newest first. */
export async function closedMeetingsOf(tx: Executor, teamIds: readonly TeamId[]): Promise<readonly ClosedMeetingRow[]> {
	const rows = await closedMeetings(tx)
		.where(and(among(meeting.teamId, teamIds), eq(meeting.phase, 'closed')))
		.orderBy(desc(meeting.closedAt), desc(meeting.id));
	return rows as ClosedMeetingRow[]; // safe: the phase makes the instants present; ids are ours
}

/** Of each team the meeting it closed last among those about a week; none for a team that closed none. */
export async function meetingsHeldIn(
	tx: Executor,
	teamIds: readonly TeamId[],
	week: IsoWeek,
): Promise<ReadonlyMap<TeamId, MeetingId>> {
	const rows = await tx
		.selectDistinctOn([meeting.teamId], { teamId: meeting.teamId, id: meeting.id })
		.from(meeting)
		.where(and(among(meeting.teamId, teamIds), eq(meeting.week, week), eq(meeting.phase, 'closed')))
		.orderBy(meeting.teamId, desc(meeting.closedAt));
	return new Map(rows.map(({ teamId, id }) => [teamId as TeamId, id as MeetingId])); // safe: ids are ours
}

export async function findClosedMeeting(tx: Executor, id: MeetingId): Promise<ClosedMeetingRow | undefined> {
	const [row] = await closedMeetings(tx).where(and(eq(meeting.id, id), eq(meeting.phase, 'closed')));
	return row && (row as ClosedMeetingRow); // safe: as above
}

/** In the order they were taken. */
export async function recordedItems(tx: Executor, id: MeetingId): Promise<readonly RecordedItemRow[]> {
	const { caseId, state, budgetMs, spentMs } = meetingItem;
	const rows = await tx
		.select({ caseId, state, budgetMs, spentMs })
		.from(meetingItem)
		.where(eq(meetingItem.meetingId, id))
		.orderBy(asc(meetingItem.position));
	return rows as RecordedItemRow[]; // safe: ids are ours
}

function closedMeetings(tx: Executor) {
	const items = (state: ItemState) =>
		sql<number>`(select count(*)::int from meeting_item i where i.meeting_id = ${meeting.id} and i.state = ${state})`;
	return tx
		.select({
			id: meeting.id,
			teamId: meeting.teamId,
			teamName: team.name,
			organisationName: organisation.name,
			week: meeting.week,
			openedAt: meeting.openedAt,
			closedAt: meeting.closedAt,
			chairId: meeting.chairId,
			discussed: items('done'),
			notReached: items('not-reached'),
			came: sql<number>`(select count(*)::int from meeting_attendance a where a.meeting_id = ${meeting.id})`,
		})
		.from(meeting)
		.innerJoin(team, eq(team.id, meeting.teamId))
		.innerJoin(organisation, eq(organisation.id, team.organisationId));
}
