import { and, asc, eq, inArray, ne, notInArray, sql } from 'drizzle-orm';
import type { CaseId, DocumentId, MeetingId, PersonId, TaskId } from '../../domain/ids.ts';
import type { StampedTask } from '../../domain/meeting/reconcile.ts';
import type { Executor } from '../client.ts';
import { meeting, meetingTask } from '../schema/meetings.ts';
import { among } from './among.ts';

export interface NewMeetingTask {
	readonly meetingId: MeetingId;
	readonly caseId: CaseId;
	readonly documentId: DocumentId;
	readonly taskId: TaskId;
}

/** What is stamped already stays as it was answered. */
export async function insertMeetingTasks(tx: Executor, rows: readonly NewMeetingTask[]): Promise<void> {
	if (rows.length > 0)
		await tx
			.insert(meetingTask)
			.values([...rows])
			.onConflictDoNothing();
}

/** For cases that are taken off the agenda. */
export async function deleteMeetingTasks(tx: Executor, meetingId: MeetingId, caseIds: readonly CaseId[]): Promise<void> {
	if (caseIds.length === 0) return;
	await tx.delete(meetingTask).where(and(eq(meetingTask.meetingId, meetingId), among(meetingTask.caseId, caseIds)));
}

/** A document went back to before these tasks were made: meetings that are not closed have nothing to answer for them. */
export async function deleteStampsOfOtherTasks(tx: Executor, documentId: DocumentId, present: readonly TaskId[]): Promise<void> {
	const unclosed = tx.select({ id: meeting.id }).from(meeting).where(ne(meeting.phase, 'closed'));
	await tx
		.delete(meetingTask)
		.where(
			and(
				eq(meetingTask.documentId, documentId),
				inArray(meetingTask.meetingId, unclosed),
				present.length > 0 ? notInArray(meetingTask.taskId, [...present]) : undefined,
			),
		);
}

/** The tasks that were open when the meeting began, of some of its cases. */
export async function stampedTasks(tx: Executor, id: MeetingId, caseIds: readonly CaseId[]): Promise<readonly StampedTask[]> {
	const rows = await tx
		.select()
		.from(meetingTask)
		.where(and(eq(meetingTask.meetingId, id), among(meetingTask.caseId, caseIds)))
		.orderBy(asc(meetingTask.documentId), asc(meetingTask.taskId));
	return rows.map(({ caseId, documentId, taskId, carriedBy }) => ({
		caseId: caseId as CaseId, // safe: written by us
		documentId: documentId as DocumentId,
		taskId: taskId as TaskId,
		carriedBy: carriedBy as PersonId | null,
	}));
}

/** Somebody says that an overdue task goes on; the newest word counts. */
export async function carryStampedTask(
	tx: Executor,
	id: MeetingId,
	{ documentId, taskId, by, at }: { documentId: DocumentId; taskId: TaskId; by: PersonId; at: Date },
): Promise<void> {
	const task = and(eq(meetingTask.meetingId, id), eq(meetingTask.documentId, documentId), eq(meetingTask.taskId, taskId));
	await tx.update(meetingTask).set({ carriedBy: by, carriedAt: at }).where(task);
	await tx
		.update(meeting)
		.set({ revision: sql`${meeting.revision} + 1` })
		.where(eq(meeting.id, id));
}
