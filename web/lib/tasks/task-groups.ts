import { addDays, mondayOf, weekOfDay, type Day } from '../../../domain/iso-week.ts';
import type { TaskDocument } from '../../../server/api/case-board.ts';
import type { OneTask } from './task-answers.svelte.ts';

export const TASK_GROUPS = ['late', 'week', 'later', 'none'] as const;
export type TaskGroup = (typeof TASK_GROUPS)[number];

export interface MyTask {
	readonly document: TaskDocument;
	readonly task: OneTask;
}

/** What is late first, and inside a group the earliest day; the citizens' needs decide nothing. */
export function groupTasks(documents: readonly TaskDocument[], today: Day): { key: TaskGroup; tasks: MyTask[] }[] {
	const all = documents.flatMap((document) => document.tasks.map((task) => ({ document, task })));
	all.sort(
		(a, b) =>
			(a.task.dueOn ?? '').localeCompare(b.task.dueOn ?? '') ||
			a.document.citizenName.localeCompare(b.document.citizenName, 'da') ||
			a.task.id.localeCompare(b.task.id),
	);
	return TASK_GROUPS.map((key) => ({ key, tasks: all.filter(({ task }) => groupOf(task, today) === key) })).filter(
		({ tasks }) => tasks.length > 0,
	);
}

/**
 * What the server said last, with what was answered on this page left as it stood: nothing moves under a thumb, and it can
 * still be undone.
 *
 * @param before without the documents that may not be read any more
 */
export function withAnswered(
	before: readonly TaskDocument[],
	now: readonly TaskDocument[],
	isAnswered: (task: OneTask) => boolean,
): readonly TaskDocument[] {
	const then = new Map(before.map((document) => [document.name, { ...document, tasks: document.tasks.filter(isAnswered) }]));
	const merged = now.map((document) => {
		const answered = then.get(document.name)?.tasks ?? [];
		then.delete(document.name);
		const ids = new Set(answered.map(({ id }) => id));
		return { ...document, tasks: [...document.tasks.filter(({ id }) => !ids.has(id)), ...answered] };
	});
	return [...merged, ...[...then.values()].filter(({ tasks }) => tasks.length > 0)];
}

function groupOf({ dueOn }: OneTask, today: Day): TaskGroup {
	if (dueOn === null) return 'none';
	if (dueOn < today) return 'late';
	return dueOn <= addDays(mondayOf(weekOfDay(today)), 6) ? 'week' : 'later';
}
