import type * as Y from 'yjs';
import type { PersonId } from '../../domain/ids.ts';
import type { EditOrigin } from '../edit-origin.ts';
import type { Mark } from '../values.ts';

/** Who edits, why, and at what instant by their estimate of the server's clock (ISO, as `Date.toISOString` writes). */
export interface Editor {
	readonly personId: PersonId;
	readonly origin: EditOrigin;
	readonly at: string;
}

/**
 * Takes back one structured edit, as a new edit of one's own, and answers what takes that back in turn.
 * Where somebody has changed the same thing since, it changes nothing and answers `undefined`: undo never
 * undoes a colleague.
 */
export type Inverse = (doc: Y.Doc, by: Editor) => Inverse | undefined;

/** What adding something answers: its id, and how to take it back. */
export interface Added<Id> {
	readonly id: Id;
	readonly undo: Inverse;
}

export function markOf(by: Editor): Mark {
	return { by: by.personId, at: by.at };
}
