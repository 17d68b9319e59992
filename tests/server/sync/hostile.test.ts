import fc from 'fast-check';
import * as encoding from 'lib0/encoding';
import { describe, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { encodeUpdate, parseFrame } from '../../../server/sync/frame.ts';
import { MAX_CLIENTS_PER_UPDATE, MAX_FLIGHT_MS, MAX_STRUCTS_PER_CLIENT } from '../../../server/sync/limits.ts';
import { outlineUpdate } from '../../../server/sync/update-outline.ts';
import { aRoom, settle } from './a-room.ts';
import { aLogWithOneDocument, anna, bo, goalOf, theDocumentId } from './a-server.ts';
import { aDayOffline, costlyUpdates, tasksOf } from './large-updates.ts';

/** A V1 update written by hand: sections of structs, then deletions. */
function anUpdate(write: (encoder: encoding.Encoder) => void): Uint8Array {
	return encoding.encode(write);
}

function numbers(...values: number[]): Uint8Array {
	return anUpdate((encoder) => values.forEach((value) => encoding.writeVarUint(encoder, value)));
}

const honest = (() => {
	const doc = new Y.Doc();
	goalOf(doc).insert(0, 'some words, æøå 🎈');
	doc.getMap('tasks').set('a', { deep: [1, 'two', null, true, 1.5] });
	goalOf(doc).delete(2, 3);
	return doc;
})();
const honestUpdate = Y.encodeStateAsUpdate(honest);
const V2_BOMB = Uint8Array.from(Buffer.from('000000000000000000000000ffffffff7f00000000', 'hex'));

const GC = 0,
	STRING = 4,
	HAS_ORIGIN = 0x80,
	SKIP = 10,
	HUGE = 2_000_000_000;
const corpus: readonly (readonly [string, Uint8Array])[] = [
	...Array.from(
		{ length: honestUpdate.length },
		(_, length) => [`cut after ${length} bytes`, honestUpdate.subarray(0, length)] as const,
	),
	['bytes left over', Uint8Array.from([...honestUpdate, 0])],
	['a V2 update', Y.encodeStateAsUpdateV2(honest)],
	['a V2 bomb', V2_BOMB],
	['more clients than bytes', numbers(HUGE)],
	['more structs than bytes', numbers(1, HUGE, 5, 0, GC, 1, 0)],
	['a client id beyond 32 bits', numbers(1, 1, 2 ** 40, 0, GC, 1, 0)],
	["the server's own client id", numbers(1, 1, 0, 0, GC, 1, 0)],
	['a clock beyond a lifetime', numbers(1, 1, 5, 2 ** 40, GC, 1, 0)],
	['a length beyond a lifetime', numbers(1, 1, 5, 0, GC, 2 ** 40, 0)],
	['lengths that together are beyond a lifetime', numbers(1, 2, 5, 0, GC, 60_000_000, GC, 60_000_000, 0)],
	['a struct without length', numbers(1, 1, 5, 0, GC, 0, 0)],
	[
		'more clients than anybody writes under',
		numbers(MAX_CLIENTS_PER_UPDATE + 1, ...times(MAX_CLIENTS_PER_UPDATE + 1, (client) => [1, 5 + client, 0, GC, 1]), 0),
	],
	[
		'more pieces than a frame may hold',
		numbers(1, MAX_STRUCTS_PER_CLIENT + 1, 5, 0, ...times(MAX_STRUCTS_PER_CLIENT + 1, () => [GC, 1]), 0),
	],
	['a piece inside of another', numbers(1, 1, 5, 0, STRING, 0, 1, 65, 1, 65, 0)],
	['a name nobody reads', numbers(1, 1, 5, 0, STRING, 1, 257, ...Array<number>(257).fill(65), 1, 65, 0)],
	['one client twice', numbers(2, 1, 5, 0, GC, 1, 1, 5, 1, GC, 1, 0)],
	['deletions that overlap', numbers(0, 1, 5, 2, 0, 10, 5, 10)],
	['a million deletions in a few bytes', numbers(0, 1, 5, 1_000_000, 0, 1)],
	['more deletions than anybody makes', deletions([5], 150_000)],
	[
		'deletions of more clients than there are',
		deletions(
			Array.from({ length: 150_000 }, (_, client) => client + 1),
			0,
		),
	],
	['a neighbour that comes later', Uint8Array.of(1, 1, 5, 0, STRING | HAS_ORIGIN, 5, 7, 1, 65, 0)],
	['a nested type', nestedUpdate(1)],
	['twenty thousand levels of types', nestedUpdate(20_000)],
	['twenty thousand levels of values', deepValue(20_000)],
	['a format', formattedText()],
	['an embed', embeddedObject()],
	['a key named __proto__', prototypeKey()],
	[
		'a text that is not UTF-8',
		anUpdate((encoder) => {
			for (const value of [1, 1, 5, 0, 4, 1]) encoding.writeVarUint(encoder, value);
			encoding.writeVarString(encoder, 'goal/team');
			encoding.writeVarUint8Array(encoder, Uint8Array.of(0xff, 0xfe));
			encoding.writeVarUint(encoder, 0);
		}),
	],
];

function times(count: number, make: (index: number) => readonly number[]): readonly number[] {
	return Array.from({ length: count }, (_, index) => make(index)).flat();
}

function deletions(clients: readonly number[], ranges: number): Uint8Array {
	return anUpdate((encoder) => {
		for (const value of [0, clients.length]) encoding.writeVarUint(encoder, value);
		for (const client of clients) {
			for (const value of [client, ranges]) encoding.writeVarUint(encoder, value);
			for (let index = 0; index < ranges; index++) for (const value of [index * 2, 1]) encoding.writeVarUint(encoder, value);
		}
	});
}

function nestedUpdate(levels: number): Uint8Array {
	const doc = new Y.Doc();
	let map = doc.getMap<unknown>('tasks');
	doc.transact(() => {
		for (let level = 0; level < levels; level++) {
			const inner = new Y.Map<unknown>();
			map.set('a', inner);
			map = inner;
		}
	});
	return Y.encodeStateAsUpdate(doc);
}

function deepValue(levels: number): Uint8Array {
	return anUpdate((encoder) => {
		for (const value of [1, 1, 5, 0, 0x28, 1]) encoding.writeVarUint(encoder, value);
		encoding.writeVarString(encoder, 'tasks');
		encoding.writeVarString(encoder, 'a');
		encoding.writeVarUint(encoder, 1);
		for (let level = 0; level < levels; level++) encoding.writeUint8Array(encoder, Uint8Array.of(117, 1));
		encoding.writeUint8(encoder, 126);
		encoding.writeVarUint(encoder, 0);
	});
}

function formattedText(): Uint8Array {
	const doc = new Y.Doc();
	goalOf(doc).insert(0, 'bold', { bold: true });
	return Y.encodeStateAsUpdate(doc);
}

function embeddedObject(): Uint8Array {
	const doc = new Y.Doc();
	goalOf(doc).insertEmbed(0, { image: 'x' });
	return Y.encodeStateAsUpdate(doc);
}

function prototypeKey(): Uint8Array {
	const doc = new Y.Doc();
	doc.getMap('tasks').set('a', JSON.parse('{"__proto__":{"polluted":true}}'));
	return Y.encodeStateAsUpdate(doc);
}

describe('an update is read without building anything', () => {
	test('what an honest client writes passes', () => {
		const outline = outlineUpdate(honestUpdate);
		expect(outline.runs).toEqual([{ client: honest.clientID, from: 0, to: 18 + 1 }]);
		expect(outline.deletions).toEqual([{ client: honest.clientID, from: 2, to: 5 }]);
	});

	test.each(corpus)('%s is refused', (_what, bytes) => {
		expect(() => outlineUpdate(bytes)).toThrow();
	});

	test('bytes left over in a frame, or behind a state vector in it, are refused', () => {
		expect(() => parseFrame(numbers(3))).not.toThrow();
		expect(() => parseFrame(numbers(3, 0))).toThrow('bytes-left-over');
		expect(() => parseFrame(numbers(0, 0, 3, 1, 5, 1))).not.toThrow();
		expect(() => parseFrame(numbers(0, 0, 4, 1, 5, 1, 0))).toThrow('bytes-left-over');
	});

	test('of twenty thousand levels the first too many is refused, and no further is gone', () => {
		expect(() => outlineUpdate(nestedUpdate(20_000))).toThrow('content-not-of-a-board');
		expect(() => outlineUpdate(deepValue(20_000))).toThrow('value-too-deep');
	});

	test('any bytes are read or refused, never anything else', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
				expectReadOrRefused(() => outlineUpdate(bytes));
				expectReadOrRefused(() => parseFrame(bytes));
			}),
			{ seed: 1, numRuns: 3_000 },
		);
	});

	test('honest bytes with one byte changed are read or refused, and what is read applies or is refused', () => {
		fc.assert(
			fc.property(fc.nat(honestUpdate.length - 1), fc.nat(255), (at, byte) => {
				const bytes = Uint8Array.from(honestUpdate);
				bytes[at] = byte;
				expectReadOrRefused(() => outlineUpdate(bytes));
			}),
			{ seed: 2, numRuns: 3_000 },
		);
	});
});

function expectReadOrRefused(read: () => unknown): void {
	try {
		read();
	} catch (error) {
		if (!(error instanceof RangeError) && !(error instanceof TypeError)) throw error;
	}
}

describe('in a room', () => {
	test.each(corpus.filter(([what]) => !what.startsWith('cut')))('%s ends its session alone', async (_what, bytes) => {
		const { settledGuest, rows } = aRoom();
		const [hostile, other] = [await settledGuest({ personId: bo }), await settledGuest({ personId: anna })];
		hostile.send(encodeUpdate(bytes));
		await settle();
		other.type('untouched');
		await settle();
		expect([hostile.socket.closedWith, other.socket.closedWith, other.socket.acknowledged(), rows().length]).toEqual([
			4400,
			undefined,
			3,
			1,
		]);
	});

	test.each([
		['GC', GC],
		['a skip', SKIP],
	])("%s under another person's client id is refused or asked about, never stored", async (_what, struct) => {
		const { settledGuest, rows } = aRoom();
		const owner = await settledGuest({ personId: anna });
		owner.type('mine');
		await settle();
		const forger = await settledGuest({ personId: bo });
		forger.sends = false;
		forger.send(encodeUpdate(numbers(1, 1, owner.doc.clientID, 4, struct, 10, 0)));
		await settle();
		expect(rows()).toHaveLength(1);
		owner.type(' still');
		await settle();
		expect([owner.socket.closedWith, rows().length]).toEqual([undefined, 2]);
	});

	test('two pieces that each stand after the other end their session alone', async () => {
		const { settledGuest, rows } = aRoom();
		const [hostile, other] = [await settledGuest({ personId: bo }), await settledGuest({ personId: anna })];
		const after = (client: number, of: number) => [1, client, 0, STRING | HAS_ORIGIN, of, 0, 1, 65];
		hostile.send(encodeUpdate(Uint8Array.of(2, ...after(5, 6), ...after(6, 5), 0)));
		other.type('untouched');
		await settle();
		expect([hostile.socket.closedWith, other.socket.acknowledged(), rows().length]).toEqual([4400, 3, 1]);
	});

	test('a flood of gaps is answered with one question at a time', async () => {
		const { settledGuest } = aRoom();
		const one = await settledGuest();
		one.sends = false;
		const frames = one.socket.heard.length;
		for (let clock = 10; clock < 500; clock += 5) {
			one.send(encodeUpdate(numbers(1, 1, one.doc.clientID, clock, GC, 1, 0)));
			if (clock % 50 === 0) await settle();
		}
		await settle();
		expect(one.socket.heard.slice(frames).map(({ type }) => type)).toEqual(['step-1']);
	});
});

test('what takes long together is taken in over several commits, and nothing of it is lost', async () => {
	const { log, clock, settledGuest, rows } = aRoom();
	const people = await Promise.all(Array.from({ length: 12 }, () => settledGuest()));
	log.holdCommits();
	people[0]!.type('first');
	await settle();
	for (const person of people) person.type('x');
	let nowMs = clock.ms;
	Object.defineProperty(clock, 'ms', { get: () => (nowMs += MAX_FLIGHT_MS / 4) });
	const before = log.appends;
	log.letGo();
	await vi.waitFor(() => expect(rows()).toHaveLength(13));
	expect(log.appends - before).toBeGreaterThan(1);
	expect(people.every(({ socket }) => socket.closedWith === undefined)).toBe(true);
});

describe('a large update', () => {
	test.each(costlyUpdates(bo).map((costly) => [costly.what, costly] as const))(
		'%s ends its session alone',
		async (_what, costly) => {
			const log = aLogWithOneDocument();
			costly.before.forEach((bytes, index) => log.kept(theDocumentId).rows.push({ seq: index + 1, bytes, personId: anna }));
			const { settledGuest, rows, failures } = aRoom(log);
			const [hostile, other] = [await settledGuest({ personId: bo }), await settledGuest({ personId: anna })];
			hostile.sends = false;
			hostile.sendUpdate(costly.update);
			other.type('untouched');
			await vi.waitFor(() => expect([hostile.socket.closedWith, other.socket.acknowledged()]).toEqual([4413, 3]), PATIENCE);
			expect([other.socket.closedWith, rows().length, failures]).toEqual([undefined, costly.before.length + 1, []]);
		},
	);

	test('of an honest day offline is stored, and what its writer sent after it comes after it', async () => {
		const { settledGuest, rows, failures, room, clock } = aRoom();
		const [one, other] = [await settledGuest({ personId: bo }), await settledGuest({ personId: anna })];
		Y.applyUpdate(one.doc, aDayOffline);
		one.type(' and a word more');
		other.type('meanwhile');
		await settle();
		expect([other.socket.acknowledged(), room.waitingSinceMs, room.isBusy]).toEqual([3, clock.ms, true]);
		await vi.waitFor(() => expect(one.socket.acknowledged()).toBe(4), PATIENCE);
		expect(rows().map(({ personId }) => personId)).toEqual([anna, bo, bo]);
		expect([other.text, failures]).toEqual([one.text, []]);
		expect(one.text).toContain('and a word more');
	});

	test('that takes too long is given up with its worker, and the next one is tried by another', async () => {
		const { guest, settledGuest, rows } = aRoom(aLogWithOneDocument(), { trialDeadlineMs: 1 });
		const other = await settledGuest({ personId: anna });
		for (const personId of [bo, anna]) {
			const slow = guest({ personId });
			slow.sendUpdate(tasksOf(900, 1_000));
			await vi.waitFor(() => expect(slow.socket.closedWith).toBe(4413), PATIENCE);
		}
		other.type('untouched');
		await settle();
		expect([other.socket.closedWith, other.socket.acknowledged(), rows().length]).toEqual([undefined, 3, 1]);
	});
});

/** A worker has to start first. */
const PATIENCE = { timeout: 20_000 };
