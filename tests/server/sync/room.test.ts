import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { encodeStep2 } from '../../../server/sync/frame.ts';
import { MAX_NEW_CLIENTS_PER_SESSION, MAX_QUEUED_BYTES, PROJECTION_DELAY_MS } from '../../../server/sync/limits.ts';
import { aRoom, settle } from './a-room.ts';
import { anna, bo, goalOf, textOf, theDocumentId } from './a-server.ts';

test('everybody who joins shares one load', async () => {
	const { log, guest } = aRoom();
	const guests = Array.from({ length: 20 }, () => guest());
	for (const one of guests) one.hello();
	await settle();
	expect(log.loads).toBe(1);
	expect(guests.every((one) => one.socket.types().includes('step-2'))).toBe(true);
});

test('a crowd that says hello at once is given one answer, made once', async () => {
	const { settledGuest, guest } = aRoom();
	(await settledGuest()).type('words');
	await settle();
	const answers = new Set<Uint8Array>();
	const crowd = Array.from({ length: 5 }, () => guest());
	for (const one of crowd) one.socket.send = (bytes) => void (bytes[0] === 0 && bytes[1] === 1 && answers.add(bytes));
	for (const one of crowd) one.hello();
	await settle();
	expect(answers.size).toBe(1);
});

test('somebody who has not said hello is told nothing', async () => {
	const { settledGuest, guest } = aRoom();
	const [writer, silent] = [await settledGuest(), guest({ personId: bo })];
	writer.type('words');
	await settle();
	expect(silent.socket.heard).toEqual([]);
});

test('the answer to hello is the document, then our own question, then that it is durable', async () => {
	const { settledGuest } = aRoom();
	const one = await settledGuest();
	expect(one.socket.types()).toEqual(['step-2', 'step-1', 'durable', 'acknowledged', 'acknowledged']);
});

test('what several people write at once is one append and one frame to each reader', async () => {
	const { log, settledGuest, rows } = aRoom();
	const [one, two, reader] = [await settledGuest(), await settledGuest({ personId: bo }), await settledGuest({ personId: bo })];
	const [appends, frames] = [log.appends, reader.socket.heard.length];
	one.type('a');
	two.type('b');
	await settle();
	expect([log.appends - appends, reader.socket.heard.length - frames, rows().length]).toEqual([1, 1, 2]);
	expect(new Set([one.text, two.text, reader.text]).size).toBe(1);
});

test('a room gathers the longer the more people are in it, twenty milliseconds at most, and a few wait for nothing', async () => {
	const { room, settledGuest, guest, clock } = aRoom();
	await settledGuest();
	const waitMs = (people: number): number => {
		while (room.sessions.size < people) guest();
		return Math.max(0, room.dueAtMs - clock.ms);
	};
	expect([waitMs(8), waitMs(100), waitMs(300)]).toEqual([0, 12, 20]);
});

test('a sole author is not sent their own words', async () => {
	const { settledGuest } = aRoom();
	const one = await settledGuest();
	const before = one.socket.heard.length;
	one.type('mine');
	await settle();
	expect(one.socket.heard.slice(before)).toEqual([{ type: 'acknowledged', frames: 3 }]);
});

test('an edit that came before its author left is stored', async () => {
	const { settledGuest, rows } = aRoom();
	const one = await settledGuest();
	one.type('last words');
	one.leave();
	await settle();
	expect(rows()).toHaveLength(1);
});

test('content under a client id that somebody else used first is refused, and nothing of it stays', async () => {
	const { settledGuest, rows } = aRoom();
	const owner = await settledGuest({ personId: anna });
	owner.type('mine');
	await settle();
	const forged = new Y.Doc();
	Y.applyUpdate(forged, Y.encodeStateAsUpdate(owner.doc));
	forged.clientID = owner.doc.clientID;
	const before = Y.encodeStateVector(forged);
	goalOf(forged).insert(4, ' forged');
	const forger = await settledGuest({ personId: bo });
	forger.sendUpdate(Y.encodeStateAsUpdate(forged, before));
	await settle();
	expect(forger.socket.closedWith).toBe(4400);
	expect(rows()).toHaveLength(1);
	owner.type('!');
	await settle();
	expect([owner.socket.closedWith, rows().length]).toEqual([undefined, 2]);
});

test("a client id that presence shows to be somebody else's cannot be taken before they write", async () => {
	const { settledGuest, rows } = aRoom();
	const owner = await settledGuest({ personId: anna });
	owner.sendPresence(owner.doc.clientID, 1, {});
	const squatter = await settledGuest({ personId: bo });
	const taken = new Y.Doc();
	taken.clientID = owner.doc.clientID;
	goalOf(taken).insert(0, 'first');
	squatter.sendUpdate(Y.encodeStateAsUpdate(taken));
	await settle();
	expect([squatter.socket.closedWith, rows()]).toEqual([4400, []]);
	owner.type('mine');
	await settle();
	expect([owner.socket.closedWith, rows().length]).toEqual([undefined, 1]);
});

test('the same person in another tab may go on under their client id', async () => {
	const { settledGuest } = aRoom();
	const first = await settledGuest({ personId: anna });
	first.type('one');
	await settle();
	const second = await settledGuest({ personId: anna, doc: first.doc });
	second.type(' two');
	await settle();
	expect(second.socket.closedWith).toBeUndefined();
});

test('a wrongly shaped update ends its session; what others sent in the same turn is stored and told', async () => {
	const { settledGuest, rows, log } = aRoom();
	const [good, bad, reader] = [
		await settledGuest({ personId: anna }),
		await settledGuest({ personId: bo }),
		await settledGuest(),
	];
	good.type('before ');
	bad.doc.getMap('meta').set('schemaVersion', 99);
	good.type('after');
	const loads = log.loads;
	await settle();
	expect([bad.socket.closedWith, good.socket.closedWith]).toEqual([4400, undefined]);
	expect(log.loads).toBe(loads + 1);
	expect(reader.text).toBe('before after');
	expect(good.socket.acknowledged()).toBe(4);
	expect(rows().map((row) => row.personId)).toEqual([anna, anna]);
	expect(reader.doc.getMap('meta').get('schemaVersion')).toBeUndefined();
});

test('a reader whose step 2 changes nothing is left in peace; one that brings something starts over', async () => {
	const { settledGuest, rows } = aRoom();
	const writer = await settledGuest({ personId: anna });
	writer.type('some words');
	goalOf(writer.doc).delete(0, 5);
	await settle();
	const reader = await settledGuest({ personId: bo, access: 'read' });
	reader.send(encodeStep2(Y.encodeStateAsUpdate(reader.doc)));
	await settle();
	expect([reader.socket.closedWith, reader.socket.acknowledged()]).toEqual([undefined, 3]);
	reader.type('not allowed');
	await settle();
	expect(reader.socket.closedWith).toBe(4409);
	expect(rows()).toHaveLength(2);
});

test('a deletion by a reader is a change too', async () => {
	const { settledGuest } = aRoom();
	const writer = await settledGuest({ personId: anna });
	writer.type('some words');
	await settle();
	const reader = await settledGuest({ personId: bo, access: 'read' });
	goalOf(reader.doc).delete(0, 4);
	await settle();
	expect([reader.socket.closedWith, writer.text]).toEqual([4409, 'some words']);
});

test('an update that builds on something missing is asked for, and acknowledged with the step 2 that fills the gap', async () => {
	const { settledGuest, rows } = aRoom();
	const one = await settledGuest();
	one.sends = false;
	one.type('lost ');
	const before = Y.encodeStateVector(one.doc);
	one.type('kept');
	one.sendUpdate(Y.encodeStateAsUpdate(one.doc, before));
	await settle();
	expect(one.socket.heard.at(-1)?.type).toBe('step-1');
	expect([one.socket.acknowledged(), rows().length]).toEqual([2, 0]);
	one.send(encodeStep2(Y.encodeStateAsUpdate(one.doc)));
	await settle();
	expect([one.socket.acknowledged(), rows().length]).toEqual([4, 1]);
});

test.each([
	['stands beside', [1, 1, 5, 0, 0x84, 99, 7, 1, 65, 0]],
	['deletes', [0, 1, 99, 1, 0, 3]],
])('an update that %s something missing is asked about, neither stored nor refused', async (_what, bytes) => {
	const { settledGuest, rows } = aRoom();
	const one = await settledGuest();
	one.sends = false;
	one.sendUpdate(Uint8Array.from(bytes));
	await settle();
	expect([one.socket.heard.at(-1)?.type, one.socket.closedWith, rows()]).toEqual(['step-1', undefined, []]);
});

test('somebody who goes on under ever more client ids is sent away', async () => {
	const { settledGuest, rows } = aRoom();
	const one = await settledGuest();
	for (let id = 1; id <= MAX_NEW_CLIENTS_PER_SESSION + 1; id++) {
		const doc = new Y.Doc();
		doc.clientID = id;
		goalOf(doc).insert(0, 'x');
		one.sendUpdate(Y.encodeStateAsUpdate(doc));
		await settle();
	}
	expect([one.socket.closedWith, rows().length]).toEqual([4400, MAX_NEW_CLIENTS_PER_SESSION]);
});

test('somebody who only ever leaves gaps is sent away', async () => {
	const { settledGuest } = aRoom();
	const one = await settledGuest();
	one.sends = false;
	one.type('lost ');
	const before = Y.encodeStateVector(one.doc);
	one.type('kept');
	for (let time = 0; time < 8 && !one.socket.closedWith; time++) {
		one.send(encodeStep2(Y.encodeStateAsUpdate(one.doc, before)));
		await settle();
	}
	expect(one.socket.closedWith).toBe(4400);
});

test('the same update twice is stored once and acknowledged twice', async () => {
	const { settledGuest, rows } = aRoom();
	const one = await settledGuest();
	one.type('once');
	one.sendUpdate(Y.encodeStateAsUpdate(one.doc));
	await settle();
	expect([rows().length, one.socket.acknowledged()]).toEqual([1, 4]);
});

test('somebody else appended to the log: people get it, and the sequence is whole again', async () => {
	const { log, settledGuest, room } = aRoom();
	const one = await settledGuest();
	one.type('ours ');
	await settle();
	const other = new Y.Doc();
	goalOf(other).insert(0, 'theirs ');
	const append = () =>
		log.append([
			{
				documentId: theDocumentId,
				epoch: 1,
				newClients: [{ clientId: other.clientID, personId: null }],
				updates: [{ bytes: Y.encodeStateAsUpdate(other), personId: null, sessionId: null, receivedAt: new Date() }],
			},
		]);
	await append();
	one.type('again');
	await settle();
	expect(one.text).toContain('theirs');
	goalOf(other).insert(0, 'more ');
	await append();
	room.refresh();
	await settle();
	expect(one.text).toContain('more theirs');
});

test('a session with much waiting is not read until the room has caught up', async () => {
	const { log, settledGuest } = aRoom();
	const one = await settledGuest();
	log.holdCommits();
	for (let bytes = 0; bytes <= MAX_QUEUED_BYTES + 2_000; bytes += 1_000) {
		one.type('x'.repeat(1_000), 0);
		goalOf(one.doc).delete(0, 1_000);
	}
	expect(one.socket.isPaused).toBe(true);
	log.letGo();
	for (let turn = 0; turn < 5; turn++) await settle();
	expect(one.socket.isPaused).toBe(false);
});

test('an empty room brings read model and checkpoint up to date before it goes', async () => {
	const { log, settledGuest, room, rooms, clock } = aRoom();
	const one = await settledGuest();
	one.type('to keep');
	await settle();
	one.leave();
	clock.ms += 9_000;
	room.tick(clock.ms);
	await settle();
	expect(rooms.size).toBe(1);
	clock.ms += 2_000;
	room.tick(clock.ms);
	await settle();
	expect(rooms.size).toBe(0);
	const kept = log.kept(theDocumentId);
	const again = new Y.Doc();
	Y.applyUpdateV2(again, kept.checkpoint!.state);
	expect([textOf(again), kept.checkpoint?.seq, kept.projection?.seq]).toEqual(['to keep', 1, 1]);
});

test('every five hundred rows a document is compacted while people are in it, without what was written over', async () => {
	const { log, settledGuest, room, clock } = aRoom();
	const one = await settledGuest();
	const kept = log.kept(theDocumentId);
	const write = async (rows: number): Promise<void> => {
		for (let row = 0; row < rows; row += 2) {
			one.type('written over');
			goalOf(one.doc).delete(0, one.text.length);
		}
		for (let turn = 0; turn < 4; turn++) {
			await settle();
			clock.ms += PROJECTION_DELAY_MS;
			room.tick(clock.ms);
		}
		await settle();
	};
	await write(498);
	expect(kept.checkpoint).toBeUndefined();
	await write(2);
	expect([kept.checkpoint?.seq, kept.checkpoint!.state.length < 100]).toEqual([500, true]);
	await write(498);
	expect(kept.checkpoint?.seq).toBe(500);
	await write(2);
	expect(kept.checkpoint?.seq).toBe(1_000);
});

test('somebody who comes back while the room is being finished finds it', async () => {
	const { settledGuest, room, rooms, guest } = aRoom();
	const one = await settledGuest();
	one.type('here');
	await settle();
	one.leave();
	const finishing = room.finish();
	const two = guest();
	two.hello();
	await finishing;
	await settle();
	expect([rooms.size, two.text]).toEqual([1, 'here']);
});

test('what somebody writes who comes back while the room is being finished is in no checkpoint before it is stored', async () => {
	const { settledGuest, room, log } = aRoom();
	const one = await settledGuest();
	one.type('stored');
	await settle();
	one.leave();
	const { saveProjection } = log;
	const projected = Promise.withResolvers<void>();
	log.saveProjection = async (...row) => {
		await projected.promise;
		return saveProjection(...row);
	};
	const finishing = room.finish();
	await settle();
	const two = await settledGuest();
	log.holdCommits();
	two.type(', unstored');
	await settle();
	projected.resolve();
	await finishing;
	const kept = log.kept(theDocumentId);
	expect([kept.rows.length, kept.projection?.seq, kept.checkpoint, room.phase]).toEqual([1, 1, undefined, 'live']);
	log.letGo();
	await settle();
	expect(two.socket.acknowledged()).toBe(3);
});
