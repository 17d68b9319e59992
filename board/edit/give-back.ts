/** What was removed, given up or overwritten, put back as a new edit of whoever asks for it. */
import type * as Y from 'yjs';
import { fieldOfKey } from '../live.ts';
import { keyRuleOf, mapRulesOf, textRuleOf } from '../key-rules.ts';
import type { DocumentKind, MapRoot } from '../schema.ts';
import { type FieldChange, valueOf } from '../history.ts';
import type { Editor } from './editor.ts';
import { takeMark } from './entry.ts';
import { replaceText } from './text.ts';

/** Whether something was lost by a change that can be given back: words, or a thing that was removed or dropped. */
export function isLoss(kind: DocumentKind, { field, before, after }: FieldChange): boolean {
	if (goneMarkOf(kind, field)) return after !== undefined;
	if (!textRuleOf(kind, field) || typeof before !== 'string') return false;
	return typeof after !== 'string' || !after.includes(before);
}

/** Whether {@link giveBack} knows what to do with a field. */
export function canBeGivenBack(kind: DocumentKind, field: string): boolean {
	return textRuleOf(kind, field) !== undefined || goneMarkOf(kind, field) !== undefined;
}

/**
 * Makes a field say again what it said: a text reads as it did, what was removed or dropped is there again. Nothing of the
 * log is touched, and nothing changes when the field says it already or said nothing then: giving back never takes.
 *
 * @param then the document as it was
 */
export function giveBack(kind: DocumentKind, doc: Y.Doc, by: Editor, field: string, then: Y.Doc): void {
	const mark = goneMarkOf(kind, field);
	if (mark) {
		if (valueOf(kind, then, field) === undefined) takeMark(doc, by, mark.root, mark.key);
	} else if (textRuleOf(kind, field)) {
		const words = valueOf(kind, then, field);
		if (typeof words === 'string') replaceText(doc, field, words, by.origin);
	}
}

/** `removed` and `dropped` say that something is gone; taking them away brings it back. */
function goneMarkOf(kind: DocumentKind, field: string): { readonly root: MapRoot; readonly key: string } | undefined {
	const [root = '', ...segments] = field.split('/');
	const isGone = segments.at(-1) === 'removed' || segments.at(-1) === 'dropped';
	const rule = isGone ? keyRuleOf(mapRulesOf(kind, root) ?? [], segments) : undefined;
	return rule ? { root: root as MapRoot, key: fieldOfKey(kind, root, segments.join('/')) } : undefined; // safe: it has rules
}
