/** Edits of tasks, in the team document and in a placement's alike. */
import type * as Y from 'yjs';
import type { DecisionId, PersonId, TaskId, TrackId } from '../../domain/ids.ts';
import type { Day } from '../../domain/iso-week.ts';
import { newId } from '../new-id.ts';
import { droppedTextName, taskTextName } from '../schema.ts';
import { choose } from './choose.ts';
import type { Added, Editor, Inverse } from './editor.ts';
import { markOf } from './editor.ts';
import { setMark, setValue, takeMark } from './entry.ts';
import type { Position } from './order.ts';
import { place } from './order.ts';
import { replaceText } from './text.ts';

export interface NewTask {
	readonly id?: TaskId;
	readonly text: string;
	readonly track?: TrackId | null;
	/** The decision it carries out; in the team document only. */
	readonly decision?: DecisionId;
	readonly position?: Position<TaskId>;
	readonly owner?: PersonId;
	readonly dueOn?: Day;
}

/** Undoing marks the task as removed: nothing is deleted. */
export function addTask(doc: Y.Doc, by: Editor, task: NewTask): Added<TaskId> {
	const id = task.id ?? newId<TaskId>(Date.parse(by.at));
	doc.transact(() => {
		const tasks = doc.getMap('tasks');
		tasks.set(`${id}/created`, markOf(by));
		place(doc, by, 'tasks', id, task.position ?? 'last');
		tasks.set(`${id}/track`, task.track ?? null);
		if (task.decision) tasks.set(`${id}/decision`, task.decision);
		choose(doc, by, placeOf(id, 'owner'), task.owner ?? null);
		choose(doc, by, placeOf(id, 'dueOn'), task.dueOn ?? null);
		replaceText(doc, taskTextName(id), task.text, by.origin);
	}, by.origin);
	return { id, undo: (later, undoer) => removeTask(later, undoer, id) };
}

/** `null` takes the owner away. */
export function setTaskOwner(doc: Y.Doc, by: Editor, id: TaskId, owner: PersonId | null): Inverse | undefined {
	return choose(doc, by, placeOf(id, 'owner'), owner);
}

/** `null` takes the date away. */
export function setTaskDueOn(doc: Y.Doc, by: Editor, id: TaskId, day: Day | null): Inverse | undefined {
	return choose(doc, by, placeOf(id, 'dueOn'), day);
}

/** `null` is a task of the whole plan. */
export function setTaskTrack(doc: Y.Doc, by: Editor, id: TaskId, track: TrackId | null): Inverse | undefined {
	return setValue(doc, by, 'tasks', `${id}/track`, track);
}

export function moveTask(doc: Y.Doc, by: Editor, id: TaskId, position: Position<TaskId>): Inverse | undefined {
	return place(doc, by, 'tasks', id, position);
}

export function finishTask(doc: Y.Doc, by: Editor, id: TaskId): Inverse | undefined {
	return setMark(doc, by, 'tasks', `${id}/finished`);
}

export function reopenTask(doc: Y.Doc, by: Editor, id: TaskId): Inverse | undefined {
	return takeMark(doc, by, 'tasks', `${id}/finished`);
}

/** Gives a task up, and says why. One that is dropped already keeps its reason. */
export function dropTask(doc: Y.Doc, by: Editor, id: TaskId, reason: string): Inverse | undefined {
	return doc.transact(() => {
		const inverse = setMark(doc, by, 'tasks', `${id}/dropped`);
		if (inverse) replaceText(doc, droppedTextName(id), reason, by.origin);
		return inverse;
	}, by.origin);
}

/** The reason stays in the document, and is shown again should the undoing be undone. */
export function undropTask(doc: Y.Doc, by: Editor, id: TaskId): Inverse | undefined {
	return takeMark(doc, by, 'tasks', `${id}/dropped`);
}

export function removeTask(doc: Y.Doc, by: Editor, id: TaskId): Inverse | undefined {
	return setMark(doc, by, 'tasks', `${id}/removed`);
}

export function restoreTask(doc: Y.Doc, by: Editor, id: TaskId): Inverse | undefined {
	return takeMark(doc, by, 'tasks', `${id}/removed`);
}

function placeOf(id: TaskId, field: string): { root: 'tasks'; path: string } {
	return { root: 'tasks', path: `${id}/${field}` };
}
