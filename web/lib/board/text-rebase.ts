/** One replacement of a run of text, in UTF-16 code units. */
export interface Splice {
	readonly at: number;
	readonly remove: number;
	readonly insert: string;
}

/** The smallest single replacement that turns `before` into `after`; undefined when they are equal. */
export function spliceBetween(before: string, after: string): Splice | undefined {
	if (before === after) return undefined;
	const shorter = Math.min(before.length, after.length);
	let start = 0;
	while (start < shorter && before[start] === after[start]) start++;
	let end = 0;
	while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
	return { at: start, remove: before.length - start - end, insert: after.slice(start, after.length - end) };
}

export function applySplice(text: string, { at, remove, insert }: Splice): string {
	return text.slice(0, at) + insert + text.slice(at + remove);
}

/**
 * Keeps what somebody typed before the document was there: their change, moved over what others changed meanwhile.
 * Where the two overlap nothing of the others' is deleted; the typed words are only added.
 */
export function rebaseTyped(base: string, typed: string, current: string): string {
	const mine = spliceBetween(base, typed);
	const theirs = spliceBetween(base, current);
	if (!mine) return current;
	if (!theirs) return typed;
	const shift = theirs.insert.length - theirs.remove;
	if (mine.at + mine.remove <= theirs.at) return applySplice(current, mine);
	if (mine.at >= theirs.at + theirs.remove) return applySplice(current, { ...mine, at: mine.at + shift });
	return applySplice(current, { at: theirs.at + theirs.insert.length, remove: 0, insert: mine.insert });
}

/** Where a caret stands after `splice` happened before, around or after it. */
export function movedOffset(offset: number, { at, remove, insert }: Splice): number {
	if (offset <= at) return offset;
	if (offset >= at + remove) return offset + insert.length - remove;
	return at + insert.length;
}
