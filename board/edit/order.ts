import type * as Y from 'yjs';
import type { Chance } from '../rank.ts';
import { byRank, isRank, NO_RANK, rankBetween } from '../rank.ts';
import type { MapRoot } from '../schema.ts';
import type { Editor, Inverse } from './editor.ts';
import { setValue } from './entry.ts';

/** Where something goes: right before or right after another, or at the end. */
export type Position<Id extends string> =
	| { readonly before: Id }
	| { readonly after: Id }
	| 'last';

interface Ranked {
	readonly id: string;
	readonly rank: string;
}

/** The rank of something new in a list. */
export function rankAt(doc: Y.Doc, root: MapRoot, position: Position<string>, chance?: Chance): string {
	return ranksFor(rankedIn(doc, root), '', position, chance)[0]!.rank;
}

/** Moves something; undoing puts it back where it was, unless somebody has moved it since. */
export function move(doc: Y.Doc, by: Editor, root: MapRoot, id: string, position: Position<string>, chance?: Chance): Inverse | undefined {
	const others = rankedIn(doc, root).filter((ranked) => ranked.id !== id);
	const [moved, ...pushed] = ranksFor(others, id, position, chance);
	let inverse: Inverse | undefined;
	doc.transact(() => {
		inverse = setValue(doc, by, root, `${id}/rank`, moved!.rank);
		for (const other of pushed) setValue(doc, by, root, `${other.id}/rank`, other.rank);
	}, by.origin);
	return inverse;
}

/**
 * The new rank of the thing that goes in, followed by those of its followers that must be pushed on: two that were
 * given the same rank by chance leave no room between them until one gets a new one.
 */
function ranksFor(others: readonly Ranked[], id: string, position: Position<string>, chance?: Chance): Ranked[] {
	const at = indexOf(others, position);
	const changed: Ranked[] = [];
	let low = at === 0 ? null : readable(others[at - 1]!.rank);
	const followers = others.slice(at);
	for (let index = -1; index < followers.length; index++) {
		const follower = followers[index];
		if (follower && isRank(follower.rank) && (low === null || follower.rank > low)) break;
		const high = followers.slice(index + 1).find(({ rank }) => isRank(rank) && (low === null || rank > low));
		low = rankBetween(low, high?.rank ?? null, chance);
		changed.push({ id: follower?.id ?? id, rank: low });
	}
	return changed;
}

function indexOf(others: readonly Ranked[], position: Position<string>): number {
	if (position === 'last') return others.length;
	const index = others.findIndex(({ id }) => id === ('before' in position ? position.before : position.after));
	if (index === -1) return others.length;
	return 'before' in position ? index : index + 1;
}

function readable(rank: string): string | null {
	return isRank(rank) ? rank : null;
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
