/**
 * What a transaction may have changed: the last line between a hostile writer and everybody else's document. It
 * looks at the document and not only at the bytes, because an insert into something existing names no parent in its
 * bytes. Its cost follows the size of the change, not of the document.
 *
 * Source: docs/guide/sync.md, "Order of one update", step 3. Frame sizes, clocks, gaps and whose a client id is are checked by
 * the sync server before the bytes come near the document.
 */
import * as Y from 'yjs';
import type { PersonId } from '../domain/ids.ts';
import { refuse } from '../domain/result.ts';
import type { KeyRule } from './key-rules.ts';
import { keyRuleOf, mapRulesOf, textRuleOf } from './key-rules.ts';
import { CLOCK_LEAD_MS, MAX_KEYS, TEXT_LIMIT_SLACK } from './limits.ts';
import type { DocumentKind, MapRoot } from './schema.ts';
import type { ShapeRefusal, ShapeResult } from './shape-refusal.ts';
import { FINE } from './shape-refusal.ts';
import type { AnyType } from './shape-roots.ts';
import { checkRoots, rootNameOf } from './shape-roots.ts';

export type { ShapeRefusal } from './shape-refusal.ts';

/** Who writes: a person, or the server itself (`null`), whose word is taken for everything but the shape. */
interface Writer {
	readonly author: PersonId | null;
	readonly nowMs: number;
}

/**
 * Checks what a transaction did to the document.
 *
 * @param tr after its functions have run: in an `afterTransaction` listener, or when `doc.transact` has returned
 */
export function checkTransaction(kind: DocumentKind, tr: Y.Transaction, author: PersonId | null, nowMs: number): ShapeResult {
	const named = checkRoots(kind, tr.doc);
	if (!named.ok) return named;
	for (const item of newItems(tr)) {
		const checked = checkItem(kind, tr.doc, item);
		if (!checked.ok) return checked;
	}
	for (const [type, keys] of tr.changed) {
		const checked = checkChanged(kind, tr, type as unknown as AnyType, keys, { author, nowMs });
		if (!checked.ok) return checked;
	}
	return FINE;
}

/** What the transaction brought; newest first per client, because new structs stand at the end of each client's list. */
function* newItems(tr: Y.Transaction): Generator<Y.Item> {
	for (const [client, structs] of tr.doc.store.clients) {
		const before = tr.beforeState.get(client) ?? 0;
		for (let index = structs.length - 1; index >= 0; index--) {
			const struct = structs[index]!;
			if (struct.id.clock + struct.length <= before) break;
			if (struct instanceof Y.Item) yield struct;
		}
	}
}

function checkItem(kind: DocumentKind, doc: Y.Doc, item: Y.Item): ShapeResult {
	if (!isKnownContent(item)) return refuse({ code: 'bad-content', place: '' });
	const parent = item.parent as AnyType | null;
	if (parent === null) return FINE;
	if (parent._item !== null) return refuse({ code: 'nested-type', place: '' });
	return checkPlace(kind, rootNameOf(doc, parent), item);
}

/** Map values are JSON, texts are plain strings; formats, embeds, binaries, nested types and documents are neither. */
function isKnownContent({ content }: Y.Item): boolean {
	return (
		content instanceof Y.ContentString ||
		content instanceof Y.ContentDeleted ||
		(content instanceof Y.ContentAny && content.arr.length === 1)
	);
}

function checkPlace(kind: DocumentKind, root: string, item: Y.Item): ShapeResult {
	const gone = item.content instanceof Y.ContentDeleted;
	if (mapRulesOf(kind, root)) {
		const fits = item.parentSub !== null && (gone || item.content instanceof Y.ContentAny);
		return fits ? FINE : refuse({ code: 'wrong-kind', place: root });
	}
	const rule = textRuleOf(kind, root);
	if (!rule) return refuse({ code: 'unknown-root', place: '' });
	const fits = item.parentSub === null && (gone || item.content instanceof Y.ContentString);
	return fits ? FINE : refuse({ code: 'wrong-kind', place: rule.pattern });
}

function checkChanged(
	kind: DocumentKind,
	tr: Y.Transaction,
	type: AnyType,
	keys: ReadonlySet<string | null>,
	writer: Writer,
): ShapeResult {
	if (type._item !== null) return refuse({ code: 'nested-type', place: '' });
	const root = rootNameOf(tr.doc, type);
	const rules = mapRulesOf(kind, root);
	if (!rules) return checkText(kind, root, type, keys);
	if (type._map.size > MAX_KEYS[root as MapRoot]) return refuse({ code: 'too-many', place: root });
	for (const key of keys) {
		if (key === null) return refuse({ code: 'wrong-kind', place: root });
		const segments = key.split('/', 6);
		const rule = keyRuleOf(rules, segments);
		if (!rule) return refuse({ code: 'unknown-key', place: root });
		const code = refusalOf(rule, segments.at(-1)!, changeOf(tr, type._map.get(key)!), writer);
		if (code) return refuse({ code, place: `${root}/${rule.pattern}` });
	}
	return FINE;
}

function checkText(kind: DocumentKind, root: string, type: AnyType, keys: ReadonlySet<string | null>): ShapeResult {
	const rule = textRuleOf(kind, root);
	if (!rule) return refuse({ code: 'unknown-root', place: '' });
	if ([...keys].some((key) => key !== null)) return refuse({ code: 'wrong-kind', place: rule.pattern });
	const tooLong = type._length > rule.maxLength * TEXT_LIMIT_SLACK;
	return tooLong ? refuse({ code: 'too-long', place: rule.pattern }) : FINE;
}

type KeyChange =
	| { readonly kind: 'nothing-visible' }
	| { readonly kind: 'written'; readonly existed: boolean; readonly value: unknown }
	| { readonly kind: 'deleted' };

/** What became visible under a key. A write that lost against a concurrent one, or was taken back, changed nothing. */
function changeOf(tr: Y.Transaction, item: Y.Item): KeyChange {
	let earlier: Y.Item | null = item;
	while (earlier !== null && isNew(tr, earlier)) earlier = earlier.left;
	const existed = earlier !== null && (!earlier.deleted || Y.isDeleted(tr.deleteSet, earlier.id));
	if (item.deleted) return existed ? { kind: 'deleted' } : { kind: 'nothing-visible' };
	if (!isNew(tr, item)) return { kind: 'nothing-visible' };
	return { kind: 'written', existed, value: item.content.getContent()[0] };
}

function isNew(tr: Y.Transaction, item: Y.Item): boolean {
	return item.id.clock >= (tr.beforeState.get(item.id.client) ?? 0);
}

function refusalOf(rule: KeyRule, person: string, change: KeyChange, writer: Writer): ShapeRefusal['code'] | undefined {
	switch (change.kind) {
		case 'nothing-visible':
			return undefined;
		case 'deleted':
			return deletionRefusalOf(rule, person, writer);
		case 'written':
			return writeRefusalOf(rule, person, change, writer);
	}
}

function deletionRefusalOf(rule: KeyRule, person: string, { author }: Writer): ShapeRefusal['code'] | undefined {
	switch (rule.kind) {
		case 'choice':
		case 'mark':
		case 'signed':
			return undefined;
		case 'own':
			return author === null || author === person ? undefined : 'not-yours';
		case 'server':
			return author === null ? undefined : 'server-only';
		case 'birth':
		case 'fact':
		case 'value':
			return 'never-deleted';
	}
}

function writeRefusalOf(
	rule: KeyRule,
	person: string,
	change: KeyChange & { kind: 'written' },
	{ author, nowMs }: Writer,
): ShapeRefusal['code'] | undefined {
	if (rule.kind === 'server' && author !== null) return 'server-only';
	if (!rule.accepts(change.value)) return 'bad-value';
	if ((rule.kind === 'birth' || rule.kind === 'fact') && change.existed) return 'written-once';
	if (author === null) return undefined;
	if ((rule.kind === 'choice' || rule.kind === 'own') && person !== author) return 'not-yours';
	return signatureRefusalOf(rule, change.value, author, nowMs);
}

function signatureRefusalOf(rule: KeyRule, value: unknown, author: PersonId, nowMs: number): ShapeRefusal['code'] | undefined {
	if (rule.kind !== 'birth' && rule.kind !== 'mark' && rule.kind !== 'signed') return undefined;
	const { by, at } = value as { by: PersonId; at?: string }; // safe: the rule's guard accepted it
	if (by !== author) return 'forged-mark';
	return at !== undefined && Date.parse(at) > nowMs + CLOCK_LEAD_MS ? 'future-mark' : undefined;
}
