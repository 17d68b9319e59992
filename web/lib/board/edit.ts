import type * as Y from 'yjs';
import type { Editor, Inverse } from '../../../board/edit/editor.ts';

/** A change through `board/edit`; what it returns takes it back. */
export type Edit = (doc: Y.Doc, by: Editor) => Inverse | undefined | void;
