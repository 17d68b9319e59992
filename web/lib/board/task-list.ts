import { createContext } from 'svelte';
import type { TaskRow } from '../../../board/rows.ts';
import type { PersonId } from '../../../domain/ids.ts';
import type { Day, IsoWeek } from '../../../domain/iso-week.ts';
import type { PersonOnCase } from '../../../server/api/case-board.ts';
import type { DocumentView } from './document-view.svelte.ts';
import type { UndoStack } from './undo-stack.svelte.ts';

/** What a list of tasks needs of the page it stands on: a board's and a placement's tasks look and work alike. */
export interface TaskList {
	readonly view: DocumentView<{ readonly tasks: readonly TaskRow[] }>;
	readonly undo: UndoStack;
	readonly me: PersonId;
	readonly people: readonly PersonOnCase[];
	/** None on a placement: its reader may know of no track. */
	readonly tracks: readonly { readonly id: string; readonly name: string }[];
	readonly today: Day;
	readonly week: IsoWeek;
}

const [useTaskList, setTaskList] = createContext<TaskList>();
export { setTaskList, useTaskList };
