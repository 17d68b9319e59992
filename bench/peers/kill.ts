import { setTimeout as sleep } from 'node:timers/promises';
import * as Y from 'yjs';
import type { Contender, Place } from './contenders.ts';
import { marksIn, prebuiltEdits, type Edit } from './edits.ts';
import type { Scenario } from './scenario.ts';
import { seat, type Seat } from './seats.ts';

const WAITS_MS = [0, 100, 1_000, 3_000];
const PEOPLE = 15;
const EDITS = 10;
const EVERY_MS = 200;

/** The power of the whole house: server, its database and every browser end in the same moment. */
export const KILL: Scenario = {
	name: 'kill',
	story: `One document; ${PEOPLE} people type ${EDITS} edits each; server, database and everybody are killed some time after the last. Edits that had been acknowledged or seen by somebody else and are gone after a restart, of ${PEOPLE * EDITS}. What keeps documents in memory alone loses all of them by design and is not shown.`,
	documents: WAITS_MS.length,
	measures: WAITS_MS.map((ms) => ({ name: `lost, killed after ${ms} ms`, digits: 0, goal: { kind: 'at-most', value: 0 } })),
	isFor: ({ stores }) => stores,
	async run(contender, place, documents) {
		const lost: number[] = [];
		for (const [index, waitMs] of WAITS_MS.entries()) lost.push(await lostAfter(contender, place, documents[index]!, waitMs));
		return lost;
	},
};

async function lostAfter(contender: Contender, place: Place, document: string, waitMs: number): Promise<number> {
	const running = await contender.start(place);
	const seats = await seat(contender, place, running, [document], PEOPLE);
	const words = seats.map((_, number) => prebuiltEdits(number, EDITS));
	for (let index = 0; index < EDITS; index++) {
		await sleep(EVERY_MS);
		seats.forEach((typist, number) => type(typist, words[number]![index]!));
	}
	await sleep(waitMs);
	const promised = promisedBy(seats);
	for (const { person } of seats) person.leave();
	await Promise.all([running.kill(), contender.killStore?.(place)]);
	const again = await contender.start(place);
	try {
		const [newcomer] = await seat(contender, place, again, [document], 1);
		const kept = textOf(newcomer!.person.everything);
		newcomer!.person.leave();
		return [...promised].filter((mark) => !kept.includes(mark)).length;
	} finally {
		await again.kill();
	}
}

function type(typist: Seat, edit: Edit): void {
	typist.person.socket.send(typist.person.frame(edit.updateMessage));
	typist.typed.push(edit);
}

/** Said to be stored, or seen by somebody else. */
function promisedBy(seats: readonly Seat[]): ReadonlySet<string> {
	const promised = new Set<string>();
	for (const { person, typed } of seats) {
		const own = new Set(typed.map(({ mark }) => mark));
		for (const { mark } of typed.slice(0, person.acknowledged)) promised.add(mark);
		for (const mark of person.everything.flatMap(marksIn)) if (!own.has(mark)) promised.add(mark);
	}
	return promised;
}

function textOf(updates: readonly Uint8Array[]): string {
	const doc = new Y.Doc();
	for (const update of updates) Y.applyUpdate(doc, update);
	return [...doc.share.keys()].map((name) => doc.getText(name).toString()).join();
}
