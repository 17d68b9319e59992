import type * as Y from 'yjs';
import { refuse } from '../domain/result.ts';
import { mapRulesOf, textRuleOf } from './key-rules.ts';
import { MAX_ROOTS } from './limits.ts';
import type { DocumentKind } from './schema.ts';
import type { ShapeResult } from './shape-refusal.ts';
import { FINE } from './shape-refusal.ts';

/** A root before and after Yjs knows of which type it is. */
export type AnyType = Y.AbstractType<unknown>;

/** Root types by their names, and how many roots a document had when they were last noted. */
const ROOT_NAMES = new WeakMap<AnyType, string>();
const ROOTS_NOTED = new WeakMap<Y.Doc, number>();

/**
 * Yjs makes a root as soon as bytes name it, even where they then change nothing: such roots would only fill the
 * memory, so they are refused too. The walk happens only when there is a new root.
 */
export function checkRoots(kind: DocumentKind, doc: Y.Doc): ShapeResult {
	if (doc.share.size > MAX_ROOTS) return refuse({ code: 'too-many', place: '' });
	if (ROOTS_NOTED.get(doc) === doc.share.size) return FINE;
	for (const [name, root] of doc.share) {
		if (isEmpty(root as unknown as AnyType) && !mapRulesOf(kind, name) && !textRuleOf(kind, name)) {
			return refuse({ code: 'unknown-root', place: '' });
		}
	}
	ROOTS_NOTED.set(doc, doc.share.size);
	return FINE;
}

function isEmpty(root: AnyType): boolean {
	return root._start === null && root._map.size === 0;
}

export function rootNameOf(doc: Y.Doc, type: AnyType): string {
	if (!ROOT_NAMES.has(type)) for (const [name, root] of doc.share) ROOT_NAMES.set(root as unknown as AnyType, name);
	return ROOT_NAMES.get(type) ?? '';
}
