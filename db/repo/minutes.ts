import { and, asc, desc, eq } from 'drizzle-orm';
import type { CaseId, MeetingId, MinutesAmendmentId, PersonId, SnapshotId, TeamId } from '../../domain/ids.ts';
import type { IsoWeek } from '../../domain/iso-week.ts';
import type { Executor } from '../client.ts';
import { meeting, minutes, minutesAmendment } from '../schema/meetings.ts';
import { organisation, person } from '../schema/people.ts';
import { among } from './among.ts';
import { insertOnce } from './insert-once.ts';
import { shownPerson, type ShownPersonRow } from './shown-person.ts';

/** Danish: referat. Sealed as one, with the case's key. */
export interface StoredMinutes {
	readonly meetingId: MeetingId;
	readonly caseId: CaseId;
	readonly snapshotId: SnapshotId;
	readonly sealed: Buffer;
}

/** Danish: tillæg. */
export interface NewMinutesAmendment {
	readonly id: MinutesAmendmentId;
	readonly meetingId: MeetingId;
	readonly caseId: CaseId;
	readonly authorId: PersonId;
	readonly sealedText: Buffer;
	readonly amendedAt: Date;
}

export interface MinutesAmendmentRow extends ShownPersonRow {
	readonly id: MinutesAmendmentId;
	readonly sealedText: Buffer;
	readonly amendedAt: Date;
}

export async function insertMinutes(tx: Executor, row: StoredMinutes): Promise<void> {
	await tx.insert(minutes).values(row);
}

export async function findMinutes(tx: Executor, meetingId: MeetingId, caseId: CaseId): Promise<StoredMinutes | undefined> {
	const [row] = await tx
		.select()
		.from(minutes)
		.where(and(eq(minutes.meetingId, meetingId), eq(minutes.caseId, caseId)));
	return row && (row as StoredMinutes); // safe: ids are ours
}

/** Those of one meeting, of every case it discussed. */
export async function minutesOf(tx: Executor, meetingId: MeetingId): Promise<readonly StoredMinutes[]> {
	const rows = await tx.select().from(minutes).where(eq(minutes.meetingId, meetingId));
	return rows as StoredMinutes[]; // safe: ids are ours
}

/** @returns the one that stands under its id already, or undefined when this is it now */
export function insertMinutesAmendment(tx: Executor, row: NewMinutesAmendment): Promise<NewMinutesAmendment | undefined> {
	return insertOnce(tx, minutesAmendment, row);
}

/** Oldest first. */
export async function loadMinutesAmendments(
	tx: Executor,
	meetingId: MeetingId,
	caseId: CaseId,
): Promise<readonly MinutesAmendmentRow[]> {
	const { id, sealedText, amendedAt } = minutesAmendment;
	const rows = await tx
		.select({ id, sealedText, amendedAt, ...shownPerson })
		.from(minutesAmendment)
		.innerJoin(person, eq(person.id, minutesAmendment.authorId))
		.innerJoin(organisation, eq(organisation.id, person.organisationId))
		.where(and(eq(minutesAmendment.meetingId, meetingId), eq(minutesAmendment.caseId, caseId)))
		.orderBy(asc(amendedAt), asc(id));
	return rows as MinutesAmendmentRow[]; // safe: ids are ours
}

/** A closed meeting that talked of a case. */
export interface DiscussedRow {
	readonly caseId: CaseId;
	readonly meetingId: MeetingId;
	readonly snapshotId: SnapshotId;
	readonly teamId: TeamId;
	readonly week: IsoWeek;
	readonly closedAt: Date;
}

/** Every closed meeting that talked of one of the cases, newest first. */
export async function loadDiscussed(tx: Executor, caseIds: readonly CaseId[]): Promise<readonly DiscussedRow[]> {
	const rows = await tx
		.select({
			caseId: minutes.caseId,
			meetingId: minutes.meetingId,
			snapshotId: minutes.snapshotId,
			teamId: meeting.teamId,
			week: meeting.week,
			closedAt: meeting.closedAt,
		})
		.from(minutes)
		.innerJoin(meeting, eq(meeting.id, minutes.meetingId))
		.where(among(minutes.caseId, caseIds))
		.orderBy(desc(meeting.closedAt), desc(meeting.id));
	return rows as DiscussedRow[]; // safe: only closed meetings have minutes; ids are ours
}
