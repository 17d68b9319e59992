import type * as Y from 'yjs';
import { keyRuleOf, mapRulesOf } from './key-rules.ts';
import type { DocumentKind } from './schema.ts';

/** The top-level parts of the projections: what a page projects again when they changed. */
export type BoardPart =
	'goal' | 'tracks' | 'tasks' | 'weeks' | 'decisions' | 'agreed' | 'purpose' | 'hours' | 'accommodations' | 'drafts';

const PART_OF: Readonly<Record<string, BoardPart>> = {
	goal: 'goal',
	tracks: 'tracks',
	tasks: 'tasks',
	task: 'tasks',
	dropped: 'tasks',
	weeks: 'weeks',
	line: 'weeks',
	decisions: 'decisions',
	decision: 'decisions',
	agreed: 'agreed',
	purpose: 'purpose',
	hours: 'hours',
	accommodations: 'accommodations',
	accommodation: 'accommodations',
	drafts: 'drafts',
	draft: 'drafts',
};

/** Which parts a transaction touched; for an `afterTransaction` listener. */
export function changedParts(tr: Y.Transaction): ReadonlySet<BoardPart> {
	const parts = rootsChangedIn(tr).map(({ root }) => PART_OF[root.split('/', 1)[0]!]);
	return new Set(parts.filter((part) => part !== undefined));
}

/**
 * The fields a transaction touched, by the names `FieldSaves` and awareness use: a text's root name (`task/<id>`),
 * or the map and the path without the person who chose (`tracks/<id>/owner`).
 */
export function changedFields(kind: DocumentKind, tr: Y.Transaction): readonly string[] {
	const fields = rootsChangedIn(tr).flatMap(({ root, keys }) =>
		mapRulesOf(kind, root) ? keys.map((key) => `${root}/${fieldOfKey(kind, root, key)}`) : [root],
	);
	return [...new Set(fields)];
}

/** The field a key of a map belongs to: without the person who chose. */
export function fieldOfKey(kind: DocumentKind, root: string, key: string): string {
	const segments = key.split('/');
	const rule = keyRuleOf(mapRulesOf(kind, root) ?? [], segments);
	return rule?.kind === 'choice' || rule?.kind === 'own' ? segments.slice(0, -1).join('/') : key;
}

function rootsChangedIn(tr: Y.Transaction): { root: string; keys: string[] }[] {
	const changed = tr.changed as unknown as ReadonlyMap<unknown, ReadonlySet<string | null>>;
	const roots: { root: string; keys: string[] }[] = [];
	for (const [root, type] of tr.doc.share) {
		const keys = changed.get(type);
		if (keys) roots.push({ root, keys: [...keys].filter((key) => key !== null) });
	}
	return roots;
}
