import type * as Y from 'yjs';
import { byRank, isRank, NO_RANK, rankBetween } from '../rank.ts';
import type { MapRoot } from '../schema.ts';
import type { Editor, Inverse } from './editor.ts';
import { setValue } from './entry.ts';

/** Where something goes: right before or right after another, or at the end. */
export type Position<Id extends string> = { readonly before: Id } | { readonly after: Id } | 'last';

interface Ranked {
	readonly id: string;
	readonly rank: string;
}

/** Puts something into its list, new or not; undoing puts it back where it was, unless somebody has moved it since. */
export function place(doc: Y.Doc, by: Editor, root: MapRoot, id: string, position: Position<string>): Inverse | undefined {
	const others = rankedIn(doc, root).filter((ranked) => ranked.id !== id);
	let inverse: Inverse | undefined;
	doc.transact(() => {
		for (const ranked of ranksFor(others, id, position)) {
			const undo = setValue(doc, by, root, `${ranked.id}/rank`, ranked.rank);
			if (ranked.id === id) inverse = undo;
		}
	}, by.origin);
	return inverse;
}

/**
 * The new ranks: of the thing itself, and of those it could otherwise not stand before or after. Two that were given
 * the same rank by chance leave no room between them until one gets a new one, nor does one without a readable rank.
 */
function ranksFor(others: readonly Ranked[], id: string, position: Position<string>): Ranked[] {
	const at = indexOf(others, position);
	const unranked = others.findIndex(({ rank }) => !isRank(rank));
	const start = unranked === -1 ? at : Math.min(at, unranked);
	const wanted = [...others.slice(start, at), { id, rank: NO_RANK }, ...others.slice(at)];
	const changed: Ranked[] = [];
	let low = others[start - 1]?.rank ?? null;
	for (const [index, ranked] of wanted.entries()) {
		if (isBeyond(ranked, low)) {
			if (index > at - start) break;
			low = ranked.rank;
			continue;
		}
		const limit = low;
		low = rankBetween(limit, wanted.slice(index + 1).find((next) => isBeyond(next, limit))?.rank ?? null);
		changed.push({ id: ranked.id, rank: low });
	}
	return changed;
}

function isBeyond({ rank }: Ranked, low: string | null): boolean {
	return isRank(rank) && (low === null || rank > low);
}

function indexOf(others: readonly Ranked[], position: Position<string>): number {
	if (position === 'last') return others.length;
	const index = others.findIndex(({ id }) => id === ('before' in position ? position.before : position.after));
	if (index === -1) return others.length;
	return 'before' in position ? index : index + 1;
}

/** Everything in a list that was created, in order. */
function rankedIn(doc: Y.Doc, root: MapRoot): Ranked[] {
	const map = doc.getMap(root);
	const ids = [...map.keys()].filter((key) => key.endsWith('/created')).map((key) => key.slice(0, key.indexOf('/')));
	return ids.map((id) => ({ id, rank: rankOf(map.get(`${id}/rank`)) })).sort(byRank);
}

function rankOf(raw: unknown): string {
	return isRank(raw) ? raw : NO_RANK;
}
