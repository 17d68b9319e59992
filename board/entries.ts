/**
 * Reading that cannot fail. A document holds whatever bytes once got in, so everything goes through the key rules:
 * a key or value that does not match is passed over as if it were not there.
 */
import type * as Y from 'yjs';
import type { PersonId } from '../domain/ids.ts';
import type { Choice, ChoiceValue } from './choice.ts';
import { choiceOf } from './choice.ts';
import { keyRuleOf, mapRulesOf, textRuleOf } from './key-rules.ts';
import type { DocumentKind, MapRoot } from './schema.ts';
import type { Guard } from './values.ts';

/** One thing of a list or one week's status: what stands under its path, by the name of the field. */
export class Entries {
	readonly #values = new Map<string, unknown>();
	readonly #choices = new Map<string, ChoiceValue<unknown>[]>();

	add(field: string, rest: string | undefined, value: unknown): void {
		if (rest === undefined) this.#values.set(field, value);
		else this.#choices.set(field, [...(this.#choices.get(field) ?? []), { value, by: rest as PersonId }]);
	}

	/** @param guard repeats the key rule's guard for the compiler; what stands here has passed it */
	value<Value>(field: string, guard: Guard<Value>): Value | undefined {
		const value = this.#values.get(field);
		return guard(value) ? value : undefined;
	}

	choice<Value>(field: string): Choice<Value> {
		return choiceOf((this.#choices.get(field) ?? []) as ChoiceValue<Value>[]); // safe: passed the key rule's guard
	}

	/** What stands under a field by the last segment of its key. */
	under<Value>(field: string): readonly { readonly key: string; readonly value: Value }[] {
		return this.choice<Value>(field).values.map(({ value, by }) => ({ key: by, value }));
	}
}

/**
 * A map root grouped by the first `depth` segments of its keys: 0 for the goal, 1 for a list, 2 for weeks.
 * @param wanted tells from a group's path whether to read it
 */
export function entriesOf(
	doc: Y.Doc,
	kind: DocumentKind,
	root: MapRoot,
	depth: 0 | 1 | 2,
	wanted: (group: string) => boolean = () => true,
): Map<string, Entries> {
	const groups = new Map<string, Entries>();
	const rules = mapRulesOf(kind, root);
	if (!rules || !doc.share.has(root)) return groups;
	doc.getMap(root).forEach((value, key) => {
		const segments = key.split('/');
		const group = segments.slice(0, depth).join('/');
		if (!wanted(group) || keyRuleOf(rules, segments)?.accepts(value) !== true) return;
		const entries = groups.get(group) ?? new Entries();
		groups.set(group, entries);
		entries.add(segments[depth]!, segments[depth + 1], value);
	});
	return groups;
}

/** What stands after `<prefix>/` in the names of the texts that have words, in order of the names. */
export function pathsWithWords(doc: Y.Doc, kind: DocumentKind, prefix: string): string[] {
	const names = [...doc.share.keys()].filter((name) => name.startsWith(`${prefix}/`));
	const written = names.filter((name) => textRuleOf(kind, name) !== undefined && textOf(doc, name) !== '');
	return written.map((name) => name.slice(prefix.length + 1)).sort();
}

/** The text of a root, empty when there is none; reading never creates it. */
export function textOf(doc: Y.Doc, name: string): string {
	return doc.share.has(name) ? doc.getText(name).toString() : '';
}
