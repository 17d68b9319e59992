import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import {
	IDLE_TIMEOUT_MS,
	KEEP_ALIVE_MS,
	MAX_BUFFERED_BYTES,
	NO_AWARENESS_BYTES,
	RESYNC_BYTES,
	STALLED_READER_MS,
} from '../../../server/sync/limits.ts';
import { aRoom, presenceHeard, settle } from './a-room.ts';
import { anna, bo } from './a-server.ts';

test('a slow socket is left out, then given one difference with all it missed', async () => {
	const { settledGuest, room, clock } = aRoom();
	const [writer, slow] = [await settledGuest({ personId: anna }), await settledGuest({ personId: bo })];
	slow.socket.bufferedAmount = RESYNC_BYTES + 1;
	writer.type('0');
	await settle();
	const frames = slow.socket.heard.length;
	for (let turn = 1; turn < 20; turn++) {
		writer.type(String(turn % 10));
		await settle();
	}
	writer.type('x', 0);
	room.tick(clock.ms);
	await settle();
	expect(slow.socket.heard.length, 'nothing is written while it is full').toBe(frames);
	slow.socket.bufferedAmount = 0;
	room.tick(clock.ms);
	await settle();
	expect([slow.socket.heard.length - frames, slow.text]).toEqual([1, writer.text]);
	writer.type('!');
	await settle();
	expect(slow.text).toBe(writer.text);
});

test('presence is the first thing a slow socket does without', async () => {
	const { settledGuest } = aRoom();
	const [writer, slow] = [await settledGuest({ personId: anna }), await settledGuest({ personId: bo })];
	slow.socket.bufferedAmount = NO_AWARENESS_BYTES + 1;
	writer.sendPresence(7, 1, { field: 'goal/team' });
	writer.type('text goes on');
	await settle();
	await sleep(100);
	expect([presenceHeard(slow.socket), slow.text]).toEqual([[], 'text goes on']);
});

test.each([
	['it takes nothing for ten seconds', RESYNC_BYTES + 1, STALLED_READER_MS],
	['far too much waits for it', MAX_BUFFERED_BYTES + 1, 0],
])('a socket is told to come back when %s', async (_why, bufferedBytes, afterMs) => {
	const { settledGuest, room, clock } = aRoom();
	const [writer, slow] = [await settledGuest({ personId: anna }), await settledGuest({ personId: bo })];
	slow.socket.bufferedAmount = bufferedBytes;
	writer.type('more');
	await settle();
	clock.ms += afterMs;
	room.tick(clock.ms);
	expect([slow.socket.closedWith, writer.socket.closedWith]).toEqual([1013, undefined]);
});

test('a silent socket is pinged and reassured, and given up when it never answers', async () => {
	const { settledGuest, room, clock } = aRoom();
	const one = await settledGuest();
	const frames = one.socket.heard.length;
	clock.ms += KEEP_ALIVE_MS;
	room.tick(clock.ms);
	expect([one.socket.heard.slice(frames), one.socket.pings]).toEqual([[{ type: 'acknowledged', frames: 2 }], 1]);
	clock.ms += IDLE_TIMEOUT_MS;
	room.tick(clock.ms);
	expect([one.socket.isTerminated, room.sessions.size]).toEqual([true, 0]);
});

test('a socket that took a minute over a large document is not taken for dead when it has it', async () => {
	const { settledGuest, room, clock } = aRoom();
	const [writer, slow] = [await settledGuest({ personId: anna }), await settledGuest({ personId: bo })];
	slow.socket.bufferedAmount = RESYNC_BYTES + 1;
	writer.type('more');
	await settle();
	slow.session.state = {
		phase: 'behind',
		behind: { stateVector: Uint8Array.of(0), untilMs: clock.ms + 10 * IDLE_TIMEOUT_MS, mostBytes: MAX_BUFFERED_BYTES },
	};
	clock.ms += IDLE_TIMEOUT_MS + 1;
	slow.socket.bufferedAmount = 0;
	room.tick(clock.ms);
	await settle();
	room.tick(clock.ms);
	expect([slow.socket.isTerminated, slow.text]).toEqual([false, 'more']);
});
