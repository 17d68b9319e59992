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

/** A word, or one character between words: others' words are kept or replaced whole, never as the letters two words share. */
const TOKEN = /[\p{L}\p{N}]+|[^]/gu;
/** More than this many pairs of tokens are not compared one by one: the whole is one replacement. */
const MOST_PAIRS = 4_000_000;

/** Every replacement between two texts, in order and without overlap; each in units of `before`. */
export function splicesBetween(before: string, after: string): readonly Splice[] {
	const whole = spliceBetween(before, after);
	if (!whole) return [];
	if (whole.remove === 0 || whole.insert === '') return [whole];
	const [old, now] = [before.match(TOKEN) ?? [], after.match(TOKEN) ?? []];
	if (old.length * now.length > MOST_PAIRS) return [whole];
	const splices: Splice[] = [];
	let [at, i, j] = [0, 0, 0];
	let [removed, insert] = ['', ''];
	const end = () => {
		const inner = spliceBetween(removed, insert);
		// What kept less than half of its letters is another word, not a changed one.
		if (inner && inner.remove * 2 > removed.length) splices.push({ at: at - removed.length, remove: removed.length, insert });
		else if (inner) splices.push({ ...inner, at: at - removed.length + inner.at });
		[removed, insert] = ['', ''];
	};
	const common = commonLengths(old, now);
	const rest = (row: number, column: number) => common[row * (now.length + 1) + column] ?? 0;
	while (i < old.length || j < now.length) {
		if (i < old.length && j < now.length && old[i] === now[j]) {
			end();
			at += old[i]!.length;
			i++;
			j++;
		} else if (j >= now.length || (i < old.length && rest(i + 1, j) >= rest(i, j + 1))) {
			removed += old[i]!;
			at += old[i]!.length;
			i++;
		} else insert += now[j++]!;
	}
	end();
	return splices;
}

/** The length of the longest common subsequence of what follows each pair of positions, row by row. */
function commonLengths(old: readonly string[], now: readonly string[]): Uint16Array {
	const width = now.length + 1;
	const lengths = new Uint16Array((old.length + 1) * width);
	for (let i = old.length - 1; i >= 0; i--) {
		for (let j = now.length - 1; j >= 0; j--) {
			lengths[i * width + j] =
				old[i] === now[j]
					? lengths[(i + 1) * width + j + 1]! + 1
					: Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!);
		}
	}
	return lengths;
}

/**
 * Keeps what somebody typed before the document was there, as Yjs would have: what either took away is gone, what
 * either wrote stays, and where both wrote in one place the typed words come last.
 */
export function rebaseTyped(base: string, typed: string, current: string): string {
	if (current === base) return typed;
	if (typed === base) return current;
	const mine = splicesBetween(base, typed).map((splice) => ({ ...splice, rank: 1 }));
	const theirs = splicesBetween(base, current).map((splice) => ({ ...splice, rank: 0 }));
	// Yjs writes a replacement after what it took away.
	const all = [...theirs, ...mine].sort((one, other) => one.at + one.remove - (other.at + other.remove) || one.rank - other.rank);
	const gone = new Uint8Array(base.length);
	for (const { at, remove } of all) gone.fill(1, at, at + remove);
	let words = '';
	let from = 0;
	const keep = (to: number) => {
		for (; from < to; from++) if (gone[from] === 0) words += base[from];
	};
	for (const { at, remove, insert } of all) {
		keep(at + remove);
		words += insert;
	}
	keep(base.length);
	return words;
}

/** Where a caret stands after `splice` happened before, around or after it. */
export function movedOffset(offset: number, { at, remove, insert }: Splice): number {
	if (offset <= at) return offset;
	if (offset >= at + remove) return offset + insert.length - remove;
	return at + insert.length;
}
