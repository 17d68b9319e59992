import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { newId } from '../../../board/new-id.ts';
import { taskTextName } from '../../../board/schema.ts';
import type { PersonId, TaskId } from '../../../domain/ids.ts';
import { BoardReplica, type Applied } from '../../../server/sync/board-replica.ts';
import { MAX_DELETED_RANGES } from '../../../server/sync/limits.ts';

const NOW_MS = Date.parse('2026-11-26T09:00:00Z');
const [anna, bo] = [newId<PersonId>(), newId<PersonId>()];
const HOLES_IN_A_TEXT = 240;
const TEXTS_AN_UPDATE = 10;

const empty = () => new BoardReplica('team', { checkpoint: null, updates: [], seq: 0, epoch: 1, clients: new Map() });
const apply = (replica: BoardReplica, update: Uint8Array, personId: PersonId): Applied =>
	replica.apply(update, { personId, sessionId: 'a session' }, NOW_MS);

/** New texts with every second letter gone, as one update. */
function holed(doc: Y.Doc): Uint8Array {
	const before = Y.encodeStateVector(doc);
	doc.transact(() => {
		for (let count = 0; count < TEXTS_AN_UPDATE; count++) {
			const text = doc.getText(taskTextName(newId<TaskId>()));
			text.insert(0, 'ab'.repeat(HOLES_IN_A_TEXT));
			for (let at = HOLES_IN_A_TEXT - 1; at >= 0; at--) text.delete(at * 2, 1);
		}
	});
	return Y.encodeStateAsUpdate(doc, before);
}

test('who tears holes without end is refused before the answer of everybody else is too long to be read', () => {
	const replica = empty();
	const torn = new Y.Doc();
	const most = Math.floor(MAX_DELETED_RANGES / (HOLES_IN_A_TEXT * TEXTS_AN_UPDATE));
	for (let count = 0; count < most; count++) expect(apply(replica, holed(torn), bo).kind).toBe('applied');
	const newcomer = new Y.Doc();
	Y.applyUpdate(newcomer, Y.encodeStateAsUpdate(replica.doc));
	expect(replica.weigh(Y.encodeStateAsUpdate(newcomer, Y.encodeStateVector(replica.doc)), anna).kind).toBe('nothing-new');
	expect(apply(replica, holed(torn), bo)).toMatchObject({ kind: 'refused', code: 'too-costly' });
});

test('holes that grow together are one, and a document loaded anew is counted anew', () => {
	const replica = empty();
	const doc = new Y.Doc();
	const text = doc.getText(taskTextName(newId<TaskId>()));
	const send = (): string => {
		const before = Y.encodeStateVector(replica.doc);
		return apply(replica, Y.encodeStateAsUpdate(doc, before), bo).kind;
	};
	for (let round = 0; round * HOLES_IN_A_TEXT <= MAX_DELETED_RANGES; round++) {
		doc.transact(() => {
			text.insert(0, 'ab'.repeat(HOLES_IN_A_TEXT));
			for (let at = HOLES_IN_A_TEXT - 1; at >= 0; at--) text.delete(at * 2, 1);
			text.delete(0, text.length);
		});
		expect(send()).toBe('applied');
	}
	const { doc: stored } = replica;
	const again = new BoardReplica('team', {
		checkpoint: null,
		updates: [Y.encodeStateAsUpdate(stored)],
		seq: 1,
		epoch: 1,
		clients: new Map([[doc.clientID, bo]]),
	});
	text.insert(0, 'back');
	expect(apply(again, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(again.doc)), bo).kind).toBe('applied');
});
