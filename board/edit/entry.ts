/** Edits of the keys that are not choices: marks, values, and what is signed. */
import type * as Y from 'yjs';
import { sameValue } from '../choice.ts';
import type { MapRoot } from '../schema.ts';
import type { Editor, Inverse } from './editor.ts';
import { markOf } from './editor.ts';

/** Sets a mark; nothing changes when it already stands. */
export function setMark(doc: Y.Doc, by: Editor, root: MapRoot, key: string): Inverse | undefined {
	const map = doc.getMap(root);
	if (map.has(key)) return undefined;
	const mark = markOf(by);
	doc.transact(() => map.set(key, mark), by.origin);
	return (later, undoer) => (sameValue(later.getMap(root).get(key), mark) ? takeMark(later, undoer, root, key) : undefined);
}

/** Takes a mark away; undoing sets a new one in the undoer's name. */
export function takeMark(doc: Y.Doc, by: Editor, root: MapRoot, key: string): Inverse | undefined {
	const map = doc.getMap(root);
	if (!map.has(key)) return undefined;
	doc.transact(() => map.delete(key), by.origin);
	return (later, undoer) => setMark(later, undoer, root, key);
}

/** Sets a value that is anybody's and never taken away. */
export function setValue(doc: Y.Doc, by: Editor, root: MapRoot, key: string, next: unknown): Inverse | undefined {
	const map = doc.getMap(root);
	const previous = map.get(key);
	if (previous !== undefined && sameValue(previous, next)) return undefined;
	doc.transact(() => map.set(key, next), by.origin);
	return (later, undoer) =>
		previous !== undefined && sameValue(later.getMap(root).get(key), next)
			? setValue(later, undoer, root, key, previous)
			: undefined;
}
