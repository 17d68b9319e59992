import * as Y from 'yjs';
import type { ClockRange, UpdateOutline } from './update-outline.ts';

/**
 * What it costs Yjs to take an update in, counted instead of timed, so that the answer is the same on a busy machine. One step
 * is about ten nanoseconds. Most of it can be told beforehand ({@link stepsToTake}); how far Yjs walks to place a piece among
 * others at the same spot only shows while it does ({@link limitPlacing}).
 */
export class TooCostly extends Error {}

const STEPS_PER_PIECE = 150;
/** Making a deletion of its own, and each piece that goes by it. */
const STEPS_PER_DELETION = 150;
/** A cut moves everything that stands behind it in its client's list; so many are moved in one step. */
const MOVED_PER_STEP = 100;

/**
 * @param bytes the update's length
 * @param most where counting ends
 */
export function stepsToTake({ pieces, roots, cuts, deletions }: UpdateOutline, bytes: number, doc: Y.Doc, most: number): number {
	let steps = bytes + pieces * STEPS_PER_PIECE + stepsToName(roots, doc);
	for (const [client, times] of cuts) steps += times * stepsToCut(doc, client);
	for (const range of deletions) {
		if (steps > most) break;
		steps += stepsToDelete(doc, range);
	}
	return steps;
}

/** Yjs finds the name of a root by going through all of them, each time it writes it. */
function stepsToName(named: ReadonlyMap<string, number>, doc: Y.Doc): number {
	if (named.size === 0) return 0; // most of what is typed names a neighbour
	let place = 0;
	let steps = 0;
	for (const name of doc.share.keys()) steps += (named.get(name) ?? 0) * ++place;
	for (const [name, times] of named) if (!doc.share.has(name)) steps += times * ++place;
	return steps;
}

function stepsToCut(doc: Y.Doc, client: number): number {
	return (doc.store.clients.get(client)?.length ?? 0) / MOVED_PER_STEP;
}

/** Nothing for what is gone already: a reader's answer to our step 1 names all that was ever deleted. */
function stepsToDelete(doc: Y.Doc, { client, from, to }: ClockRange): number {
	const structs = doc.store.clients.get(client);
	if (!structs || from >= Y.getState(doc.store, client)) return STEPS_PER_DELETION;
	let going = 0;
	for (let index = Y.findIndexSS(structs, from); index < structs.length; index++) {
		const struct = structs[index]!; // in bounds
		if (struct.id.clock >= to) break;
		if (!struct.deleted) going++;
	}
	return going === 0 ? 0 : (going + 1) * STEPS_PER_DELETION + 2 * stepsToCut(doc, client);
}

/** Yjs remembers each piece it passes, twice, and so do we. */
const STEPS_PER_PASSED = 30;
/** We walk to the first value under a key as Yjs does, and Yjs does it twice. */
const STEPS_PER_EARLIER = 3;

const mostSteps = new WeakMap<Y.Doc, number>();

/** While `take` runs, no more than so many steps are walked to place pieces. @throws {TooCostly} out of the middle of it */
export function limitPlacing(doc: Y.Doc, steps: number, take: () => void): void {
	mostSteps.set(doc, steps);
	try {
		take();
	} finally {
		mostSteps.delete(doc);
	}
}

/** Yjs has no place to listen at. */
const { integrate } = Y.Item.prototype;
Y.Item.prototype.integrate = function (this: Y.Item, transaction: Y.Transaction, offset: number): void {
	const left = mostSteps.get(transaction.doc);
	if (left !== undefined && this.parent !== null) {
		const steps = stepsToPlace(this, transaction.doc);
		if (steps > left) throw new TooCostly();
		mostSteps.set(transaction.doc, left - steps);
	}
	integrate.call(this, transaction, offset);
};

/** Walks as `Item.integrate` is about to: over what hangs on the left neighbour, as far as that goes. */
function stepsToPlace(item: Y.Item, doc: Y.Doc): number {
	const { left, right, origin, rightOrigin, id } = item;
	if (left ? left.right === right : right !== null && right.left === null) return 0;
	const [first, wayToFirst] = left ? [left.right, 0] : firstOf(item);
	const passed = new Set<Y.Item>();
	for (let at = first; at !== null && at !== right; at = at.right) {
		passed.add(at);
		if (Y.compareIDs(origin, at.origin)) {
			if (at.id.client >= id.client && Y.compareIDs(rightOrigin, at.rightOrigin)) break;
		} else if (at.origin === null || !passed.has(Y.getItem(doc.store, at.origin) as Y.Item)) break;
	}
	return wayToFirst + passed.size * STEPS_PER_PASSED;
}

/** The first piece of a text, or the first value ever under a key, and how far it is from the newest. */
function firstOf({ parent, parentSub }: Y.Item): readonly [Y.Item | null, number] {
	const type = parent as Y.AbstractType<unknown>; // resolved before a piece is placed
	if (parentSub === null) return [type._start, 0];
	let first = type._map.get(parentSub) ?? null;
	let way = 0;
	for (; first !== null && first.left !== null; way += STEPS_PER_EARLIER) first = first.left;
	return [first, way];
}
