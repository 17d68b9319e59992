import { and, asc, eq, inArray, ne } from 'drizzle-orm';
import type { CaseId, MeetingId, OrganisationId, PersonId, TeamId } from '../../domain/ids.ts';
import type { IsoWeek } from '../../domain/iso-week.ts';
import type { AgendaItem, Meeting, PlannedMeeting } from '../../domain/meeting/meeting.ts';
import type { Executor } from '../client.ts';
import { meeting, meetingItem } from '../schema/meetings.ts';
import { saveItems } from './meeting-item.ts';

/** A meeting as it stands, and which change of it that is. */
export interface StoredMeeting {
	readonly meeting: Meeting;
	readonly revision: number;
	readonly organisationId: OrganisationId;
}

const FIRST_REVISION = 1;

/** @returns the first revision */
export async function insertMeeting(
	tx: Executor,
	planned: PlannedMeeting,
	organisationId: OrganisationId,
	plannedAt: Date,
): Promise<number> {
	await tx.insert(meeting).values({
		id: planned.id,
		organisationId,
		teamId: planned.teamId,
		plannedAt,
		revision: FIRST_REVISION,
		...columnsOf(planned),
	});
	await saveItems(tx, planned.id, [], planned.items);
	return FIRST_REVISION;
}

export async function findMeeting(tx: Executor, id: MeetingId): Promise<StoredMeeting | undefined> {
	return (await loadMeetings(tx, [id]))[0];
}

export async function loadMeetings(tx: Executor, ids: readonly MeetingId[]): Promise<StoredMeeting[]> {
	if (ids.length === 0) return [];
	const rows = await tx
		.select()
		.from(meeting)
		.where(inArray(meeting.id, [...ids]))
		.orderBy(asc(meeting.plannedAt));
	const items = await tx
		.select()
		.from(meetingItem)
		.where(inArray(meetingItem.meetingId, [...ids]))
		.orderBy(asc(meetingItem.position));
	return rows.map((row) => ({
		meeting: meetingOf(
			row,
			items.filter(({ meetingId }) => meetingId === row.id),
		),
		revision: row.revision,
		organisationId: row.organisationId as OrganisationId, // safe: written by us
	}));
}

/** The one meeting of a team that is not closed. */
export async function unclosedMeetingOf(tx: Executor, teamId: TeamId): Promise<MeetingId | undefined> {
	return (await unclosedMeetings(tx, [teamId]))[0];
}

export async function unclosedMeetings(tx: Executor, teamIds: readonly TeamId[]): Promise<MeetingId[]> {
	if (teamIds.length === 0) return [];
	const unclosed = and(inArray(meeting.teamId, [...teamIds]), ne(meeting.phase, 'closed'));
	const rows = await tx.select({ id: meeting.id }).from(meeting).where(unclosed);
	return rows.map(({ id }) => id as MeetingId); // safe: written by us
}

/**
 * Writes what changed of a meeting. False when somebody else changed it since it was read: then nothing is written.
 */
export async function saveMeeting(tx: Executor, before: StoredMeeting, after: Meeting): Promise<boolean> {
	const unchanged = and(eq(meeting.id, after.id), eq(meeting.revision, before.revision));
	const saved = await tx
		.update(meeting)
		.set({ ...columnsOf(after), revision: before.revision + 1 })
		.where(unchanged)
		.returning({ id: meeting.id });
	if (saved.length === 0) return false;
	await saveItems(tx, after.id, before.meeting.items, after.items);
	return true;
}

type MeetingRow = typeof meeting.$inferSelect;

/** The columns that change, each with the value its phase gives it. */
function columnsOf(of: Meeting) {
	const started = of.phase === 'planned' ? undefined : of;
	const running = of.phase === 'open' || of.phase === 'parked' ? of : undefined;
	return {
		week: of.week,
		phase: of.phase,
		chairId: started?.chairId ?? null,
		openedAt: started?.openedAt ?? null,
		askedBy: running?.askedBy ?? null,
		isCurtainDown: running?.isCurtainDown ?? true,
		isCitizenPresent: running?.isCitizenPresent ?? false,
		parkedAt: of.phase === 'parked' ? of.parkedAt : null,
		closedAt: of.phase === 'closed' ? of.closedAt : null,
	} satisfies Partial<MeetingRow>;
}

/** The table's checks make the columns of each phase present. */
function meetingOf(row: MeetingRow, itemRows: readonly (typeof meetingItem.$inferSelect)[]): Meeting {
	const facts = {
		id: row.id as MeetingId, // safe: written by us
		teamId: row.teamId as TeamId,
		week: row.week as IsoWeek,
		items: itemRows.map(itemOf),
	};
	if (row.phase === 'planned') return { ...facts, phase: 'planned' };
	const started = { ...facts, openedAt: row.openedAt!, chairId: row.chairId as PersonId };
	if (row.phase === 'closed') return { ...started, phase: 'closed', closedAt: row.closedAt! };
	const { isCurtainDown, isCitizenPresent } = row;
	const running = { ...started, askedBy: row.askedBy as PersonId | null, isCurtainDown, isCitizenPresent };
	return row.phase === 'open' ? { ...running, phase: 'open' } : { ...running, phase: 'parked', parkedAt: row.parkedAt! };
}

function itemOf({ caseId, budgetMs, spentMs, state, since }: typeof meetingItem.$inferSelect): AgendaItem {
	const facts = { caseId: caseId as CaseId, budgetMs, spentMs }; // safe: written by us
	return state === 'current' ? { ...facts, state, since } : { ...facts, state };
}
