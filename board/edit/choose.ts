import type * as Y from 'yjs';
import { isUuid } from '../../domain/ids.ts';
import { sameValue } from '../choice.ts';
import type { MapRoot } from '../schema.ts';
import type { Editor, Inverse } from './editor.ts';

/** Which choice: `<trackId>/owner` in `tracks`. */
export interface ChoicePlace {
	readonly root: MapRoot;
	readonly path: string;
}

type ChoiceEntries = ReadonlyMap<string, unknown>;

/**
 * Makes a choice, or with `null` takes it back: deletes the entries one has seen, one's own too, and writes one's
 * own. Choosing what stands there alone under one's own name already changes nothing.
 */
export function choose(doc: Y.Doc, by: Editor, place: ChoicePlace, next: unknown): Inverse | undefined {
	const before = entriesAt(doc, place);
	const ownKey = `${place.path}/${by.personId}`;
	const after: ChoiceEntries = new Map(next === null ? [] : [[ownKey, next]]);
	if (sameEntries(before, after)) return undefined;
	const map = doc.getMap(place.root);
	doc.transact(() => {
		for (const key of before.keys()) if (key !== ownKey || next === null) map.delete(key);
		if (next !== null && !sameValue(before.get(ownKey), next)) map.set(ownKey, next);
	}, by.origin);
	const previous = previousOf(before, ownKey, next);
	return (later, undoer) => (sameEntries(entriesAt(later, place), after) ? choose(later, undoer, place, previous) : undefined);
}

/**
 * What undoing goes back to. A dispute others had cannot be brought back, for each wrote their own entry; then it is
 * the first of their values that was not picked.
 */
function previousOf(before: ChoiceEntries, ownKey: string, next: unknown): unknown {
	if (before.has(ownKey) && !sameValue(before.get(ownKey), next)) return before.get(ownKey);
	const others = [...before].filter(([key]) => key !== ownKey).sort(([left], [right]) => (left < right ? -1 : 1));
	const [, value = null] = others.find(([, other]) => !sameValue(other, next)) ?? others[0] ?? [];
	return value;
}

function entriesAt(doc: Y.Doc, { root, path }: ChoicePlace): ChoiceEntries {
	const found = new Map<string, unknown>();
	doc.getMap(root).forEach((value, key) => {
		if (key.startsWith(`${path}/`) && isUuid(key.slice(path.length + 1))) found.set(key, value);
	});
	return found;
}

function sameEntries(left: ChoiceEntries, right: ChoiceEntries): boolean {
	return left.size === right.size && [...left].every(([key, value]) => right.has(key) && sameValue(value, right.get(key)));
}
