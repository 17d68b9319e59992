/** What a session sends while a large update of its own is tried elsewhere: nothing overtakes, nothing is acknowledged too early (`OnTrial`). */
import { describe, expect, test, vi } from 'vitest';
import { MAX_FLIGHT_MS } from '../../../server/sync/limits.ts';
import { aRoom, settle } from './a-room.ts';
import { anna, bo, goalOf } from './a-server.ts';
import { tasksOf } from './large-updates.ts';

/** A worker has to start first. */
const PATIENCE = { timeout: 20_000 };
const LARGE = tasksOf(40, 1_000);

/** A room in which a trial is over when the test says so. */
async function aRoomWithTrials() {
	const room = aRoom();
	const { trials } = room;
	const tryOut = trials.tryOut.bind(trials);
	const { promise: gate, resolve: letTry } = Promise.withResolvers<void>();
	let tried = false;
	trials.tryOut = async (trial) => {
		await gate;
		return tryOut(trial).finally(() => (tried = true));
	};
	const [one, other] = [await room.settledGuest({ personId: bo }), await room.settledGuest({ personId: anna })];
	one.type('before');
	await settle();
	return {
		...room,
		one,
		other,
		async triedInFull() {
			letTry();
			await vi.waitFor(() => expect(tried).toBe(true), PATIENCE);
			await settle();
		},
	};
}

/** From now on a commit takes in one frame. */
function takeSmallTurns(clock: { ms: number }): void {
	let nowMs = clock.ms;
	Object.defineProperty(clock, 'ms', { get: () => (nowMs += MAX_FLIGHT_MS) });
}

/** Where the large update stands in the log; -1 when it is not stored. */
const placeOfLarge = (rows: readonly { readonly bytes: Uint8Array }[]) =>
	rows.findIndex(({ bytes }) => bytes.length === LARGE.length);

test('what came while another was being stored does not overtake it, nor is it acknowledged before it', async () => {
	const { log, clock, one, other, rows, triedInFull } = await aRoomWithTrials();
	const acknowledged = one.socket.acknowledged();
	one.sendUpdate(LARGE);
	await settle();
	log.holdCommits();
	other.type('meanwhile');
	await settle();
	goalOf(one.doc).delete(0, 3);
	await triedInFull();
	const storedWhenAcknowledged: boolean[] = [];
	one.socket.onHeard = (heard) => {
		if (heard.type === 'acknowledged') storedWhenAcknowledged.push(placeOfLarge(rows()) > 0);
	};
	takeSmallTurns(clock);
	log.letGo();
	await vi.waitFor(() => expect(one.socket.acknowledged()).toBe(acknowledged + 2));
	expect([placeOfLarge(rows()), rows().length, storedWhenAcknowledged]).toEqual([2, 4, [true, true]]);
});

describe('what could not be stored at first goes before it', () => {
	test('when it is tried again before the trial is over', async () => {
		const { log, one, rows, triedInFull } = await aRoomWithTrials();
		const acknowledged = one.socket.acknowledged();
		log.failNext('not-stored');
		one.type(' a word');
		one.sendUpdate(LARGE);
		await vi.waitFor(() => expect(one.socket.acknowledged()).toBe(acknowledged + 1), { timeout: 5_000 });
		expect([placeOfLarge(rows()), rows().length]).toEqual([-1, 2]);
		await triedInFull();
		await vi.waitFor(() => expect(one.socket.acknowledged()).toBe(acknowledged + 2));
		expect([placeOfLarge(rows()), rows().length]).toEqual([2, 3]);
	});

	test('when the trial is over before it is tried again', async () => {
		const { log, room, clock, one, rows, triedInFull } = await aRoomWithTrials();
		const acknowledged = one.socket.acknowledged();
		log.failNext('not-stored');
		log.failLoads = 2;
		one.type(' a word');
		one.sendUpdate(LARGE);
		await settle();
		await triedInFull();
		expect([room.phase, rows().length]).toEqual(['not-durable', 1]);
		takeSmallTurns(clock);
		await vi.waitFor(() => expect(one.socket.acknowledged()).toBe(acknowledged + 2), { timeout: 10_000 });
		expect([placeOfLarge(rows()), rows().length]).toEqual([2, 3]);
	});
});
