import { expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { encodeState, encodeStateV2 } from '../../board/encode-state.ts';

/** Many texts and one map, some of it deleted and overwritten, by two clients. */
function aDocumentWithRoots(roots: number): Y.Doc {
	const [one, two] = [new Y.Doc(), new Y.Doc()];
	for (const [doc, share] of [
		[one, 1],
		[two, 2],
	] as const) {
		doc.transact(() => {
			for (let root = 0; root < roots; root += share) doc.getText(`line/${root}`).insert(0, `words ${root}`);
			for (let key = 0; key < 50; key++) doc.getMap('tasks').set(`${key % 7}`, { key });
			doc.getText('line/0').delete(1, 3);
		});
	}
	Y.applyUpdate(one, Y.encodeStateAsUpdate(two));
	return one;
}

test.each([3, 500])('gives the very bytes Yjs gives, whole and from a state vector (%i roots)', (roots) => {
	const doc = aDocumentWithRoots(roots);
	const before = Y.encodeStateVector(doc);
	doc.getText('line/1').insert(0, 'more ');
	expect(Buffer.compare(encodeState(doc), Y.encodeStateAsUpdate(doc))).toBe(0);
	expect(Buffer.compare(encodeState(doc, before), Y.encodeStateAsUpdate(doc, before))).toBe(0);
	expect(Buffer.compare(encodeStateV2(doc), Y.encodeStateAsUpdateV2(doc))).toBe(0);
});

test('leaves the document as it was', () => {
	const doc = aDocumentWithRoots(500);
	encodeState(doc);
	doc.getText('line/1').insert(0, 'still ');
	expect(doc.getText('line/1').toString()).toMatch(/^still words 1/);
	expect(
		[...doc.store.clients.values()].flat().every((struct) => !(struct instanceof Y.Item) || typeof struct.parent !== 'string'),
	).toBe(true);
});

test('never goes through all roots to find the name of one', () => {
	const doc = aDocumentWithRoots(500);
	const searches = vi.spyOn(doc.share, 'entries'); // how Yjs looks for a name
	encodeState(doc);
	encodeStateV2(doc);
	expect(searches).not.toHaveBeenCalled();
	Y.encodeStateAsUpdate(doc);
	expect(searches.mock.calls.length).toBeGreaterThan(500);
});
