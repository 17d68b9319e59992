/** What a session sends while a large update of its own is tried elsewhere: nothing overtakes, nothing is acknowledged too early (`OnTrial`). */
import { describe, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { MAX_FLIGHT_MS } from '../../../server/sync/limits.ts';
import { type Trial, type Tried, Trials } from '../../../server/sync/trials.ts';
import { aRoom, settle } from './a-room.ts';
import { anna, bo, goalOf } from './a-server.ts';
import { tasksOf } from './large-updates.ts';

/** A worker has to start first. */
const PATIENCE = { timeout: 20_000 };
const LARGE = tasksOf(40, 1_000);

/** A room in which the turn of a trial comes, or else its answer, when the test says so. */
async function aRoomWithTrials(held: 'turn' | 'answer' = 'turn') {
	const room = aRoom();
	const { trials } = room;
	await trials.tryOut(() => undefined); // the worker has started
	const tryOut = trials.tryOut.bind(trials);
	const { promise: gate, resolve: letTry } = Promise.withResolvers<void>();
	const answers: Tried['kind'][] = [];
	/** The documents they were tried on. */
	const triedOn: (Uint8Array | undefined)[] = [];
	const seen = (trial: Trial | undefined) => (triedOn.push(trial?.state.slice()), trial);
	trials.tryOut = async (make) => {
		if (held === 'turn') await gate;
		const tried = await tryOut(() => seen(make()));
		await gate;
		answers.push(tried.kind);
		return tried;
	};
	const [one, other] = [await room.settledGuest({ personId: bo }), await room.settledGuest({ personId: anna })];
	one.type('before');
	await settle();
	return {
		...room,
		one,
		other,
		answers,
		triedOn,
		async triedInFull() {
			letTry();
			await vi.waitFor(() => expect(answers).not.toEqual([]), PATIENCE);
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

test('what its session sends meanwhile waits behind it, and others do not', async () => {
	const { one, other, rows, triedInFull } = await aRoomWithTrials();
	const acknowledged = one.socket.acknowledged();
	one.sendUpdate(LARGE);
	await settle();
	goalOf(one.doc).delete(0, 3);
	other.type('meanwhile');
	await settle();
	expect([one.socket.acknowledged(), rows().length]).toEqual([acknowledged, 2]);
	await triedInFull();
	await vi.waitFor(() => expect(one.socket.acknowledged()).toBe(acknowledged + 2));
	expect([placeOfLarge(rows()), rows().length]).toEqual([2, 4]);
});

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

	test.each([
		['the trial is over', 'answer', ['passed']],
		['its turn comes', 'turn', ['put-off', 'passed']],
	] as const)('when %s while the document is away', async (_, held, expected) => {
		const { log, room, clock, one, rows, answers, triedInFull } = await aRoomWithTrials(held);
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
		expect([placeOfLarge(rows()), rows().length, answers]).toEqual([2, 3, expected]);
	});
});

test('it is tried on the document as it stands when its turn comes, though that was loaded anew', async () => {
	const { room, one, other, triedOn, triedInFull } = await aRoomWithTrials();
	one.sendUpdate(LARGE);
	await settle();
	other.type(' meanwhile');
	await settle();
	room.refresh();
	await settle();
	await triedInFull();
	const document = new Y.Doc();
	Y.applyUpdate(document, triedOn[0]!);
	expect(goalOf(document).toString()).toBe('before meanwhile');
});

/** @param update given away with the trial */
function aTrial(update: Uint8Array = LARGE.slice()): Trial {
	const author = { personId: bo, sessionId: 'one' };
	return { kind: 'team', state: Y.encodeStateAsUpdate(new Y.Doc()), update, author, nowMs: 0 };
}

const cannotBeMade = (): Trial => {
	throw new Error('no document');
};
const given = LARGE.slice();
structuredClone(given, { transfer: [given.buffer] });

test.each([
	['whose document cannot be made', cannotBeMade],
	['that cannot be handed over', () => aTrial(given)],
])('one %s is not tried, which is told, and the next is', async (_, make) => {
	const failures: unknown[] = [];
	const trials = new Trials((error) => failures.push(error));
	const outcomes = await Promise.all([trials.tryOut(make), trials.tryOut(() => aTrial())]);
	await trials.stop();
	expect(outcomes).toEqual([{ kind: 'not-tried' }, { kind: 'passed' }]);
	expect(failures).toEqual([expect.any(Error)]);
});

test('one after the other: what waits for its turn is not copied', async () => {
	const { trials } = aRoom();
	const order: string[] = [];
	const tryOut = async (name: string): Promise<void> => {
		await trials.tryOut(() => {
			order.push(`${name} begins`);
			return aTrial();
		});
		order.push(`${name} ends`);
	};
	await Promise.all([tryOut('first'), tryOut('second')]);
	expect(order).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
});
