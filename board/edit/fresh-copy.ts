import * as Y from 'yjs';
import type { EditOrigin } from '../edit-origin.ts';
import { textOf } from '../entries.ts';
import { keyRuleOf, mapRulesOf, textRuleOf } from '../key-rules.ts';
import type { DocumentKind } from '../schema.ts';

/**
 * A new document that says the same and shares nothing with the old one: words, marks and choices as they stand, with the
 * names and times they carry, none of the history. What somebody still holds of the old one cannot be merged into it. Only
 * the server calls it.
 */
export function freshCopy(kind: DocumentKind, of: Y.Doc, origin: EditOrigin = { source: 'server' }): Y.Doc {
	const fresh = new Y.Doc();
	fresh.transact(() => {
		for (const root of [...of.share.keys()]) {
			const rules = mapRulesOf(kind, root);
			const words = textRuleOf(kind, root) ? textOf(of, root) : '';
			if (words) fresh.getText(root).insert(0, words);
			if (!rules) continue;
			for (const [key, value] of of.getMap(root))
				if (keyRuleOf(rules, key.split('/'))?.accepts(value)) fresh.getMap(root).set(key, value);
		}
	}, origin);
	return fresh;
}
