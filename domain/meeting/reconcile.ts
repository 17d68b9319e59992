/**
 * Danish: afstemning. Every task that was open when the meeting began, and of which citizen was talked, must be done,
 * carried on or dropped by somebody when it closes, because a task that just disappears is the worst a meeting can do.
 */
import type { CaseId, DocumentId, PersonId, TaskId } from '../ids.ts';
import type { Day } from '../iso-week.ts';
import { isOverdue } from '../task/overdue.ts';

export interface StampedTask {
	readonly caseId: CaseId;
	readonly documentId: DocumentId;
	readonly taskId: TaskId;
	/** Who said that it goes on although it is overdue. */
	readonly carriedBy: PersonId | null;
}

/** Who ended a task, and when by their browser's estimate of server time. */
export interface TaskEnd {
	readonly by: PersonId;
	readonly at: string;
}

/** A task as its document has it now. */
export interface TaskNow {
	readonly finished: TaskEnd | null;
	readonly dropped: TaskEnd | null;
	readonly removed: TaskEnd | null;
	/** Empty unless it is dropped. */
	readonly droppedReason: string;
	/** Every day somebody chose and nobody has picked from; none is a task without a day. */
	readonly dueOn: readonly Day[];
}

export interface DroppedTask extends StampedTask {
	readonly by: PersonId;
	readonly at: string;
	/** Empty where it was taken away without a word. */
	readonly reason: string;
}

/** `open` is the number of all of them, and the four heaps together are as many. */
export interface Reconciliation {
	readonly open: number;
	readonly done: readonly StampedTask[];
	readonly carried: readonly StampedTask[];
	readonly dropped: readonly DroppedTask[];
	/** Overdue, and nobody has said what is to become of it. */
	readonly unanswered: readonly StampedTask[];
}

/**
 * @param now the task in its document; a task is never deleted, and going back to before it takes its stamp along, so one that is missing is a broken invariant
 * @throws {Error} when a task is in no document
 */
export function reconcile(
	stamped: readonly StampedTask[],
	now: (task: StampedTask) => TaskNow | undefined,
	today: Day,
): Reconciliation {
	const heaps = { done: [] as StampedTask[], carried: [] as StampedTask[], unanswered: [] as StampedTask[] };
	const dropped: DroppedTask[] = [];
	for (const task of stamped) {
		const found = now(task);
		if (!found) throw new Error(`Task ${task.taskId} is no longer in document ${task.documentId}`);
		const end = found.dropped ?? found.removed;
		if (found.finished) heaps.done.push(task);
		else if (end) dropped.push({ ...task, by: end.by, at: end.at, reason: found.dropped ? found.droppedReason : '' });
		else if (task.carriedBy || !isOverdue(found.dueOn, today)) heaps.carried.push(task);
		else heaps.unanswered.push(task);
	}
	return { open: stamped.length, ...heaps, dropped };
}
