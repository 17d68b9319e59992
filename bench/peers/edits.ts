import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { taskTextName } from '../../board/schema.ts';
import type { TaskId } from '../../domain/ids.ts';
import { encodeAwareness, encodeUpdate } from '../../server/sync/frame.ts';

/** One keystroke, made beforehand: the same bytes go to every server. */
export interface Edit {
	readonly update: Uint8Array;
	readonly updateMessage: Uint8Array;
	/** The caret behind it. */
	readonly cursorMessage: Uint8Array;
	/** Stands in the update's bytes, and in no other's. */
	readonly mark: string;
}

/** A field holds 500; what is typed beyond is written anew, which is a deletion now and then. */
const LONGEST_TEXT = 300;

/** @param typist its number among all who type in this run */
export function prebuiltEdits(typist: number, count: number): readonly Edit[] {
	const doc = new Y.Doc();
	doc.clientID = 1_000_000 + typist;
	const name = taskTextName(`00000000-0000-7000-8000-${String(typist).padStart(12, '0')}` as TaskId); // safe: a UUID
	const text = doc.getText(name);
	const edits: Edit[] = [];
	for (let index = 0; index < count; index++) {
		const mark = `<${typist.toString(36)}.${index.toString(36)}>`;
		const before = Y.encodeStateVector(doc);
		let update = before;
		doc.once('update', (bytes: Uint8Array) => (update = bytes));
		doc.transact(() => {
			if (text.length > LONGEST_TEXT) text.delete(0, text.length);
			text.insert(text.length, mark);
		});
		edits.push({ update, mark, updateMessage: encodeUpdate(update), cursorMessage: cursorMessage(doc, name, index + 1) });
	}
	return edits;
}

export function marksIn(update: Uint8Array): readonly string[] {
	return (
		Buffer.from(update.buffer, update.byteOffset, update.length)
			.toString('latin1')
			.match(/<[0-9a-z]+\.[0-9a-z]+>/g) ?? []
	);
}

/** As CodeMirror's binding writes it. */
function cursorMessage({ clientID }: Y.Doc, tname: string, clock: number): Uint8Array {
	const at = { type: null, tname, item: { client: clientID, clock }, assoc: 0 };
	const state = { user: { name: 'Anna Holm', color: '#30bced' }, cursor: { anchor: at, head: at } };
	return encodeAwareness(
		encoding.encode((encoder) => {
			encoding.writeVarUint(encoder, 1);
			encoding.writeVarUint(encoder, clientID);
			encoding.writeVarUint(encoder, clock);
			encoding.writeVarString(encoder, JSON.stringify(state));
		}),
	);
}
