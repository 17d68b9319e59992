import { expect, test, vi } from 'vitest';
import { NOT_DURABLE_LIMIT_MS, STALLED_COMMIT_MS } from '../../../server/sync/limits.ts';
import { aRoom, type Guest, settle } from './a-room.ts';
import { bo, until } from './a-server.ts';

/** The room tries again by itself. */
async function acknowledged(guest: Guest, frames: number): Promise<void> {
	await until(() => guest.socket.acknowledged() === frames, `${frames} frames acknowledged`);
	await settle();
}

test('an append that failed is not acknowledged and not seen; the room says so, tries again and tells when it is stored', async () => {
	const { log, settledGuest, rows } = aRoom();
	const [one, two] = [await settledGuest(), await settledGuest({ personId: bo })];
	log.failNext('not-stored');
	one.type('patience');
	await settle();
	expect([one.socket.acknowledged(), two.text, rows().length]).toEqual([2, '', 0]);
	expect([one, two].map(({ socket }) => socket.heard.at(-1))).toEqual(Array(2).fill({ type: 'durable', durable: false }));
	await acknowledged(one, 3);
	expect([two.text, rows().length]).toEqual(['patience', 1]);
	expect(one.socket.heard.at(-1)).toEqual({ type: 'durable', durable: true });
});

test('an append that was stored after all is not stored twice, and is told then', async () => {
	const { log, settledGuest, rows } = aRoom();
	const [one, two] = [await settledGuest(), await settledGuest({ personId: bo })];
	log.failNext('unknown');
	one.type('once');
	await settle();
	expect([one.socket.acknowledged(), two.text]).toEqual([2, '']);
	await acknowledged(one, 3);
	expect([two.text, rows().length]).toEqual(['once', 1]);
});

test('what was written while nothing could be stored waits its turn', async () => {
	const { log, settledGuest, rows } = aRoom();
	const [one, two] = [await settledGuest(), await settledGuest({ personId: bo })];
	log.failNext('not-stored', 'not-stored');
	one.type('first ');
	await settle();
	one.type('second');
	two.type('third ', 0);
	await acknowledged(one, 4);
	await acknowledged(two, 3);
	expect(rows()).toHaveLength(3);
	expect(one.text).toBe(two.text);
});

test('a room that cannot store for long sends everybody away to come back later', async () => {
	const { log, settledGuest, clock, rooms } = aRoom();
	const one = await settledGuest();
	log.failNext('not-stored', 'not-stored');
	one.type('patience');
	await settle();
	clock.ms += NOT_DURABLE_LIMIT_MS + 1;
	await until(() => one.socket.closedWith !== undefined, 'sent away');
	expect([one.socket.closedWith, rooms.size]).toEqual([1013, 0]);
});

test('a commit that takes long is told, and taken back when it comes', async () => {
	const { log, settledGuest, clock, room } = aRoom();
	const one = await settledGuest();
	log.holdCommits();
	one.type('slow');
	await settle();
	clock.ms += STALLED_COMMIT_MS + 1;
	room.tick(clock.ms);
	expect(one.socket.heard.at(-1)).toEqual({ type: 'durable', durable: false });
	log.letGo();
	await settle();
	expect(one.socket.heard.slice(-2)).toEqual([
		{ type: 'acknowledged', frames: 3 },
		{ type: 'durable', durable: true },
	]);
});

test('a commit that does not come sends everybody away to come back later', async () => {
	const { log, settledGuest, clock, room } = aRoom();
	const one = await settledGuest();
	log.holdCommits();
	one.type('lost in the database');
	await settle();
	clock.ms += NOT_DURABLE_LIMIT_MS + 1;
	room.tick(clock.ms);
	expect([one.socket.closedWith, one.socket.acknowledged()]).toEqual([1013, 2]);
	log.letGo();
	await settle();
});

test('a load that failed ends in "try later", never in an empty document', async () => {
	const room = aRoom();
	room.log.failLoads = 1;
	const one = room.guest();
	one.hello();
	await settle();
	expect([one.socket.closedWith, one.socket.heard, room.rooms.size]).toEqual([1013, [], 0]);
});

test('one document that cannot be stored does not hold up the others for longer than one append: it tries again alone', async () => {
	const { log, settledGuest, queue, rows } = aRoom();
	const one = await settledGuest();
	const stored: string[] = [];
	const documentId = 'other' as never;
	log.add({ caseId: 'x' as never, compartment: { kind: 'team' }, epoch: 1 }, documentId);
	const other = {
		documentId,
		dueAtMs: 0,
		commitsAlone: false,
		committed: () => void stored.push('other'),
		failed: () => queue.request(other),
		ended: () => {},
		prepare: () => ({ documentId, epoch: 1, updates: [], newClients: [] }),
	};
	const { append, load } = log;
	const together: number[] = [];
	log.append = async (batch) => {
		together.push(batch.length);
		return append(batch);
	};
	log.load = async (document) => {
		const loaded = await load(document);
		queue.request(other);
		return loaded;
	};
	log.failNext('not-stored');
	one.type('mine');
	queue.request(other);
	await settle();
	expect(stored).toEqual(['other']);
	await vi.waitFor(() => expect(rows()).toHaveLength(1));
	await settle();
	expect([together, stored.length]).toEqual([[2, 1, 1, 1], 2]);
});
