/** Who wrote what when: a document's log walked again, update by update. */
import * as Y from 'yjs';
import type { PersonId } from '../domain/ids.ts';
import { sameValue } from './choice.ts';
import type { EditOrigin } from './edit-origin.ts';
import { textOf } from './entries.ts';
import { mapRulesOf, textRuleOf } from './key-rules.ts';
import { changedFields, fieldOfKey } from './live.ts';
import type { DocumentKind } from './schema.ts';

/** One update as the log keeps it. */
export interface LoggedEdit {
	readonly seq: number;
	/** Null for the server itself: seeding and migration. */
	readonly personId: PersonId | null;
	readonly atMs: number;
	/** V1 update. */
	readonly update: Uint8Array;
	/** A restore: the update is a whole document, which takes the place of what was. */
	readonly beginsEpoch: boolean;
}

/** A text; the values people chose; or what stands under a key. Undefined where nothing stood. */
export type FieldValue = string | readonly unknown[] | undefined;

export interface FieldChange {
	/** As `changedFields` names it: `task/<id>`, `tracks/<id>/owner`. */
	readonly field: string;
	readonly before: FieldValue;
	readonly after: FieldValue;
}

/** What one person did without a long pause. */
export interface Moment {
	readonly firstSeq: number;
	readonly lastSeq: number;
	readonly personId: PersonId | null;
	readonly fromMs: number;
	readonly untilMs: number;
	/** In the order they were first touched; never empty. */
	readonly changes: readonly FieldChange[];
}

/** Longer than this, and it is another moment. */
const PAUSE_MS = 10 * 60_000;
const ORIGIN: EditOrigin = { source: 'replay' };

interface OpenMoment extends Omit<Moment, 'changes'> {
	readonly before: Map<string, FieldValue>;
}

export interface Walked {
	readonly moments: readonly Moment[];
	/** The document after the last edit; the one given at first is destroyed unless it is this one. */
	readonly doc: Y.Doc;
}

/**
 * Applies the edits one by one and tells what each person did. What somebody wrote and took back within a moment is no
 * change; a restore is a moment of its own.
 *
 * @param start as it was before the first edit
 */
export function momentsOf(kind: DocumentKind, start: Y.Doc, edits: readonly LoggedEdit[]): Walked {
	let doc = start;
	let known = everyValue(kind, doc);
	const moments: Moment[] = [];
	let open: OpenMoment | undefined;
	const close = (): void => {
		const changes = open ? changesOf(open.before, known) : [];
		if (open && changes.length > 0) {
			const { before: _, ...moment } = open;
			moments.push({ ...moment, changes });
		}
		open = undefined;
	};
	for (const { seq, personId, atMs, update, beginsEpoch } of edits) {
		if (beginsEpoch) {
			close();
			const after = documentOf(update);
			const changes = changesBetween(kind, doc, after);
			moments.push({ firstSeq: seq, lastSeq: seq, personId, fromMs: atMs, untilMs: atMs, changes });
			doc.destroy();
			doc = after;
			known = everyValue(kind, doc);
			continue;
		}
		if (open && (open.personId !== personId || atMs - open.untilMs > PAUSE_MS)) close();
		open = { ...(open ?? { firstSeq: seq, personId, fromMs: atMs, before: new Map() }), lastSeq: seq, untilMs: atMs };
		for (const field of fieldsChangedBy(kind, doc, update)) {
			if (!open.before.has(field)) open.before.set(field, known.get(field));
			known.set(field, valueOf(kind, doc, field));
		}
	}
	close();
	return { moments, doc };
}

/** What is said otherwise in one document than in another; empty when both say the same. */
export function changesBetween(kind: DocumentKind, one: Y.Doc, other: Y.Doc): readonly FieldChange[] {
	const [before, after] = [everyValue(kind, one), everyValue(kind, other)];
	const fields = new Set([...before.keys(), ...after.keys()]);
	return changesOf(new Map([...fields].map((field) => [field, before.get(field)])), after);
}

/** What stands in a field. */
export function valueOf(kind: DocumentKind, doc: Y.Doc, field: string): FieldValue {
	if (textRuleOf(kind, field)) return textOf(doc, field) || undefined;
	const root = field.split('/', 1)[0]!;
	if (!mapRulesOf(kind, root) || !doc.share.has(root)) return undefined;
	const path = field.slice(root.length + 1);
	// The cheap question first: a replay asks for thousands of fields, and a map may have thousands of keys.
	const under = [...doc.getMap(root)].filter(([key]) => key.startsWith(path) && fieldOfKey(kind, root, key) === path);
	return under.length > 0 ? inOrder(under).map(([, value]) => value) : undefined;
}

function documentOf(update: Uint8Array): Y.Doc {
	const doc = new Y.Doc();
	Y.applyUpdate(doc, update, ORIGIN);
	return doc;
}

function fieldsChangedBy(kind: DocumentKind, doc: Y.Doc, update: Uint8Array): readonly string[] {
	let fields: readonly string[] = [];
	const listen = (tr: Y.Transaction): void => void (fields = changedFields(kind, tr));
	doc.on('afterTransaction', listen);
	Y.applyUpdate(doc, update, ORIGIN);
	doc.off('afterTransaction', listen);
	return fields;
}

function everyValue(kind: DocumentKind, doc: Y.Doc): Map<string, FieldValue> {
	const values = new Map<string, FieldValue>();
	for (const root of doc.share.keys()) {
		if (!mapRulesOf(kind, root)) values.set(root, textOf(doc, root) || undefined);
		else
			for (const [key, value] of inOrder([...doc.getMap(root)])) {
				const field = `${root}/${fieldOfKey(kind, root, key)}`;
				values.set(field, [...(values.get(field) ?? []), value]);
			}
	}
	return values;
}

/** Values of one field stand in the order of who chose them. */
function inOrder(entries: readonly (readonly [string, unknown])[]): readonly (readonly [string, unknown])[] {
	return entries.toSorted(([one], [other]) => (one < other ? -1 : 1));
}

function changesOf(before: ReadonlyMap<string, FieldValue>, known: ReadonlyMap<string, FieldValue>): readonly FieldChange[] {
	return [...before].flatMap(([field, was]) => {
		const is = known.get(field);
		return sameValue(was, is) ? [] : [{ field, before: was, after: is }];
	});
}
