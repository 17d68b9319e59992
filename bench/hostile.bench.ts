/**
 * What large updates cost the one thread that serves everybody. First by size: the worst of each shape, read, weighed, taken in and
 * judged, which says from which size on an update is tried in a worker (LARGE_UPDATE_BYTES). Where the time drops, an update of that size
 * is refused beforehand. Then what was made to hold the server up, sent into a room where somebody else types: the longest turn of
 * the event loop in processor time, and how long the other one waited for a receipt, which on a busy machine is mostly the machine.
 * Usage: node bench/hostile.bench.ts
 */
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { BoardReplica } from '../server/sync/board-replica.ts';
import { aRoom } from '../tests/server/sync/a-room.ts';
import { aLogWithOneDocument, anna, bo, theDocumentId } from '../tests/server/sync/a-server.ts';
import { aDayOffline, costlyUpdates, type LargeUpdate, SHAPES, tasksOf } from '../tests/server/sync/large-updates.ts';

const SIZES_KB = [4, 8, 16, 32, 64, 128];
const ROUNDS = 7;
/** The goal's text has room for it. */
const TYPED_AT_MOST = 1_000;
const WATCHED_MS = 1_500;

const HONEST: readonly LargeUpdate[] = [
	{ what: 'an honest day offline', before: [], update: aDayOffline },
	{ what: 'nine hundred tasks of a thousand letters, the most that passes', before: [], update: tasksOf(900, 1_000) },
];

function bestMs(before: readonly Uint8Array[], update: Uint8Array): number {
	let best = Infinity;
	for (let round = 0; round < ROUNDS; round++) {
		const replica = new BoardReplica('team', { checkpoint: null, updates: before, seq: 0, epoch: 1, clients: new Map() });
		const startedMs = performance.now();
		replica.apply(update, { personId: anna, sessionId: 'session' }, Date.now());
		best = Math.min(best, performance.now() - startedMs);
	}
	return best;
}

function bySize(): void {
	const rows = SIZES_KB.map((kb) => {
		const costs = Object.entries(SHAPES).map(([shape, make]) => {
			const { before, update } = make(kb * 1024);
			return [shape, `${bestMs(before, update).toFixed(1)} ms`] as const;
		});
		return { kB: kb, ...Object.fromEntries(costs) };
	});
	console.table(rows);
}

/** Of this thread alone, so that a busy machine does not count. */
function cpuMs(): number {
	const { user, system } = process.threadCpuUsage();
	return (user + system) / 1_000;
}

/** The longest turn of the event loop, and the longest the other one waited from typing to being told that it is stored. */
async function inARoom({ what, before, update }: LargeUpdate) {
	const log = aLogWithOneDocument();
	before.forEach((bytes, index) => log.kept(theDocumentId).rows.push({ seq: index + 1, bytes, personId: anna }));
	const { settledGuest } = aRoom(log);
	const [hostile, other] = [await settledGuest({ personId: bo }), await settledGuest({ personId: anna })];
	hostile.sends = false;
	await sleep(200); // what was loaded is not what is measured
	hostile.sendUpdate(update);
	const longest = { turn: 0, wait: 0 };
	let [turnFrom, typed] = [cpuMs(), 0];
	let waiting: { readonly acknowledged: number; readonly sinceMs: number } | undefined;
	for (const endMs = performance.now() + WATCHED_MS; performance.now() < endMs;) {
		await new Promise((resolve) => setImmediate(resolve));
		longest.turn = Math.max(longest.turn, cpuMs() - turnFrom);
		if (waiting && other.socket.acknowledged() > waiting.acknowledged) {
			longest.wait = Math.max(longest.wait, performance.now() - waiting.sinceMs);
			waiting = undefined;
		}
		if (!waiting && typed++ < TYPED_AT_MOST) {
			waiting = { acknowledged: other.socket.acknowledged(), sinceMs: performance.now() };
			other.type('x');
		}
		turnFrom = cpuMs();
	}
	return {
		what,
		bytes: update.length,
		became: hostile.socket.closedWith ?? (hostile.socket.acknowledged() >= 3 ? 'stored' : 'waits'),
		'longest turn, CPU ms': longest.turn.toFixed(0),
		'other waited, ms': longest.wait.toFixed(0),
		'other closed with': other.socket.closedWith ?? '',
	};
}

bySize();
const rows = [];
for (const update of [...HONEST, ...costlyUpdates(bo)]) rows.push(await inARoom(update));
console.table(rows);
process.exit();
