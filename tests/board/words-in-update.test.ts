import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { wordsInUpdate } from '../../board/words-in-update.ts';
import { aDocument } from '../support/board.ts';

/** What a client that had everything writes from here on. */
function writtenIn(doc: Y.Doc, write: () => void): Uint8Array {
	const before = Y.encodeStateVector(doc);
	write();
	return Y.encodeStateAsUpdate(doc, before);
}

test('words typed key by key are one text, without what was there before and without what was taken back', () => {
	const doc = aDocument(1);
	const text = doc.getText('goal/team');
	text.insert(0, 'Før. ');
	const update = writtenIn(doc, () => {
		for (const key of 'Nyt ord!') text.insert(text.length, key);
		text.delete(text.length - 1, 1);
	});
	expect(wordsInUpdate(update)).toEqual(['Nyt ord']);
});

test('two places are two texts, a choice is none, and a letter of two units stays whole', () => {
	const doc = aDocument(1);
	const update = writtenIn(doc, () => {
		doc.getText('goal/team').insert(0, 'Det ene 👷');
		doc.getText('goal/citizen').insert(0, 'Det andet');
		doc.getMap('goal').set('kind/x', 'job');
	});
	expect(wordsInUpdate(update)).toEqual(['Det ene 👷', 'Det andet']);
});

test('they are found also where the bytes build on what is not there', () => {
	const doc = aDocument(1);
	const text = doc.getText('goal/team');
	text.insert(0, 'Tabt.');
	const updates: Uint8Array[] = [];
	doc.on('update', (update: Uint8Array) => updates.push(update));
	for (const key of 'Fundet') text.insert(text.length, key);
	expect(wordsInUpdate(Y.mergeUpdates(updates))).toEqual(['Fundet']);
});

test('deleting alone leaves no text', () => {
	const doc = aDocument(1);
	doc.getText('goal/team').insert(0, 'Væk');
	expect(wordsInUpdate(writtenIn(doc, () => doc.getText('goal/team').delete(0, 3)))).toEqual([]);
});
