import { setTimeout as sleep } from 'node:timers/promises';
import * as Y from 'yjs';
import { taskTextName } from '../../board/schema.ts';
import type { TaskId } from '../../domain/ids.ts';
import { encodeUpdate } from '../../server/sync/frame.ts';
import type { Scenario } from './scenario.ts';
import { seat, type Seat } from './seats.ts';

const WRITERS = 8;
const SLOW = 6;
/** Everybody reads, so that the server has all the memory that honest work needs. */
const WARM_UP_MS = 3_000;
const FROZEN_MS = 20_000;
const LOOK_EVERY_MS = 2_000;
/** Some more are made than are sent. */
const SPARE_MS = 3_000;
/** Fast enough that what a stopped line does not take is far more than the kernel's buffers hold. */
const EVERY_MS = 40;
const TEXTS = 17;
/** Below what a field may hold. */
const TEXT_LENGTH = 900;

/** People whose line has stopped while others write: what the server keeps for them. */
export const SLOW_READER: Scenario = {
	name: 'slow-reader',
	story: `One document; ${WRITERS} people rewrite ${TEXTS} texts 25 times a second each (3 MB/s); ${SLOW} others stop reading for ${FROZEN_MS / 1_000} s.`,
	documents: 1,
	measures: [
		{ name: 'most kept for them, MB', digits: 1, goal: { kind: 'ratio', to: 'memory', value: 0.2 } },
		{ name: 'RSS growth MB', digits: 0 },
	],
	async run(contender, place, documents) {
		const running = await contender.start(place);
		try {
			const seats = await seat(contender, place, running, documents, WRITERS + SLOW);
			const count = (WARM_UP_MS + FROZEN_MS + SPARE_MS) / EVERY_MS;
			const writers = seats.slice(0, WRITERS).map((writer, number) => rewriting(writer, number, count));
			const timer = setInterval(() => writers.forEach((write) => write()), EVERY_MS);
			await sleep(WARM_UP_MS);
			const before = { keptKb: await running.keptKb(), residentKb: running.residentKb() };
			for (const { person } of seats.slice(WRITERS)) person.socket.pause();
			const most = { keptKb: 0, residentKb: 0 };
			for (const endMs = performance.now() + FROZEN_MS; performance.now() < endMs; await sleep(LOOK_EVERY_MS)) {
				most.residentKb = Math.max(most.residentKb, running.residentKb());
				most.keptKb = Math.max(most.keptKb, await running.keptKb());
			}
			clearInterval(timer);
			for (const { person } of seats) person.leave();
			const grownMb = (most: number, before: number) => Math.max(0, most - before) / 1_024;
			return [grownMb(most.keptKb, before.keptKb), grownMb(most.residentKb, before.residentKb)];
		} finally {
			await running.kill();
		}
	},
};

/** @returns what sends this writer's next update, all made beforehand */
function rewriting({ person }: Seat, number: number, count: number): () => void {
	const doc = new Y.Doc();
	doc.clientID = 1_000_000 + number;
	const frames: Uint8Array[] = [];
	doc.on('update', (update: Uint8Array) => frames.push(person.frame(encodeUpdate(update))));
	for (let index = 0; index < count; index++) {
		doc.transact(() => {
			for (let text = 0; text < TEXTS; text++) {
				const id = `00000000-0000-7000-8000-${String(number * TEXTS + text).padStart(12, '0')}` as TaskId; // safe: a UUID
				const field = doc.getText(taskTextName(id));
				field.delete(0, field.length);
				field.insert(0, String.fromCharCode(97 + (index % 26)).repeat(TEXT_LENGTH));
			}
		});
	}
	return () => void (frames.length > 0 && person.socket.send(frames.shift()!)); // length checked
}
