import { setTimeout as sleep } from 'node:timers/promises';
import * as Y from 'yjs';
import type { Contender, Place, Running } from './contenders.ts';
import type { Edit } from './edits.ts';
import { comeIn, type Person } from './person.ts';

/** Somebody in a document, and what they have typed so far. */
export interface Seat {
	readonly person: Person;
	readonly document: string;
	readonly typed: Edit[];
}

/** Lets people into a running server and waits until all of them have their document. */
export async function seat(
	{ dialect }: Contender,
	{ town }: Place,
	{ origin }: Running,
	documents: readonly string[],
	people: number,
): Promise<readonly Seat[]> {
	const places = documents.flatMap((document) => Array.from({ length: people }, (_, index) => ({ document, index })));
	return Promise.all(
		places.map(async ({ document, index }): Promise<Seat> => {
			const cookie = town.cookies[index % town.cookies.length]!;
			return { person: await comeIn({ origin, dialect, document, cookie }), document, typed: [] };
		}),
	);
}

/** @throws {Error} when a server closed somebody's socket */
export function expectNobodyWasSentAway(seats: readonly Seat[]): void {
	const codes = seats.flatMap(({ person }) => person.closedWith ?? []);
	if (codes.length > 0) throw new Error(`${codes.length} people were sent away with ${[...new Set(codes)].join(', ')}`);
}

/** How many of a document's people are compared; a hundred more would only repeat them. */
const COMPARED = 15;
const CONVERGE_DEADLINE_MS = 15_000;

/** @throws {Error} unless everybody looked at, and a newcomer, ends with all that was typed */
export async function expectConvergence(
	contender: Contender,
	place: Place,
	running: Running,
	seats: readonly Seat[],
): Promise<void> {
	for (const document of new Set(seats.map((each) => each.document))) {
		const here = seats.filter((each) => each.document === document);
		const whole = here.flatMap(({ typed }) => typed.map(({ update }) => update));
		const newcomers = contender.dialect.answers ? await seat(contender, place, running, [document], 1) : [];
		const step = Math.ceil(here.length / COMPARED);
		for (const compared of [...here.filter((_, index) => index % step === 0), ...newcomers]) await expectSameAs(compared, whole);
		for (const { person } of newcomers) person.leave();
	}
}

/** @throws {Error} unless what this person typed and heard becomes the same as these updates */
export async function expectSameAs({ person, typed, document }: Seat, updates: readonly Uint8Array[]): Promise<void> {
	const whole = docOf(updates);
	const replica = docOf(typed.map(({ update }) => update));
	const wanted = typedIn(whole, whole);
	let heard = 0;
	for (const endMs = performance.now() + CONVERGE_DEADLINE_MS; performance.now() < endMs; await sleep(20)) {
		for (; heard < person.everything.length; heard++) Y.applyUpdate(replica, person.everything[heard]!); // in bounds
		if (typedIn(replica, whole) === wanted) return;
	}
	throw new Error(`people in ${document} do not have the same text`);
}

function docOf(updates: readonly Uint8Array[]): Y.Doc {
	const doc = new Y.Doc();
	doc.transact(() => updates.forEach((update) => Y.applyUpdate(doc, update)));
	return doc;
}

/** The texts of `whole` and how much of its clients' writing is there, what was deleted included. Ours has a seed besides. */
function typedIn(doc: Y.Doc, whole: Y.Doc): string {
	const texts = [...whole.share.keys()].map((name) => doc.getText(name).toString());
	const clocks = [...whole.store.clients.keys()].map((client) => Y.getState(doc.store, client));
	return JSON.stringify([texts, clocks]);
}
