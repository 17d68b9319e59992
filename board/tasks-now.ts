/** Finds the tasks a meeting stamped among those its documents have now, as domain/meeting/reconcile.ts judges them. */
import type { StampedTask, TaskNow } from '../domain/meeting/reconcile.ts';
import type { DocumentId } from '../domain/ids.ts';
import type { TaskRow } from './rows.ts';

export interface TasksOfDocument {
	readonly id: DocumentId;
	readonly tasks: readonly TaskRow[];
}

export class StampedTasks {
	readonly #rows: ReadonlyMap<string, TaskRow>;

	constructor(documents: readonly TasksOfDocument[]) {
		this.#rows = new Map(documents.flatMap(({ id, tasks }) => tasks.map((row) => [`${id}/${row.id}`, row] as const)));
	}

	rowOf({ documentId, taskId }: StampedTask): TaskRow | undefined {
		return this.#rows.get(`${documentId}/${taskId}`);
	}

	readonly now = (task: StampedTask): TaskNow | undefined => {
		const row = this.rowOf(task);
		return row && { ...row, dueOn: row.dueOn.values.map(({ value }) => value) };
	};
}
