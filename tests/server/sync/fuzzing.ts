/** In one room: somebody honest, and somebody who sends what becomes of real edits when their bytes are changed. */
import fc from 'fast-check';
import { expect } from 'vitest';
import * as Y from 'yjs';
import type { Editor } from '../../../board/edit/editor.ts';
import { setTargetDay } from '../../../board/edit/goal.ts';
import { addTask, finishTask, removeTask } from '../../../board/edit/task.ts';
import { addTrack } from '../../../board/edit/track.ts';
import { setDirection } from '../../../board/edit/week.ts';
import { project } from '../../../board/project.ts';
import type { PersonId, TaskId, TrackId } from '../../../domain/ids.ts';
import type { Day, IsoWeek } from '../../../domain/iso-week.ts';
import { replay } from '../../../server/log/replay.ts';
import { parseFrame } from '../../../server/sync/frame.ts';
import type { Trials } from '../../../server/sync/trials.ts';
import { outlineUpdate } from '../../../server/sync/update-outline.ts';
import { aRoom, type Guest, settle } from './a-room.ts';
import { anId, anna, bo, goalOf } from './a-server.ts';

const TASK = anId<PersonId>(901) as unknown as TaskId;
const TRACK = anId<PersonId>(902) as unknown as TrackId;
const WEEK = '1970-W01' as IsoWeek;

type Edit = (doc: Y.Doc, by: Editor) => void;
/** What anybody may do at any time; each is one update. */
const HONEST_EDITS: readonly Edit[] = [
	(doc) => goalOf(doc).insert(0, 'ord '),
	(doc) => goalOf(doc).delete(0, Math.min(3, goalOf(doc).length)),
	(doc) => goalOf(doc).delete(0, goalOf(doc).length),
	(doc, by) => void setTargetDay(doc, by, '1970-02-01' as Day),
];
/** These make or mark what may be there already, or not yet: that is refused when it comes twice. */
const EDITS: readonly Edit[] = [
	...HONEST_EDITS,
	(doc, by) => void addTask(doc, by, { id: TASK, text: 'ringe til lægen', owner: by.personId }),
	(doc, by) => void finishTask(doc, by, TASK),
	(doc, by) => void removeTask(doc, by, TASK),
	(doc, by) => void addTrack(doc, by, { id: TRACK, type: 'exercise', owner: by.personId, state: 'running' }),
	(doc, by) => void setDirection(doc, by, WEEK, TRACK, 'forward'),
];

/** One change of the bytes; places are shares of the length, so that a shrunk update still has them. */
const mutation = fc.oneof(
	fc.record({ kind: fc.constant('set' as const), at: fc.double({ min: 0, max: 1, noNaN: true }), byte: fc.nat(255) }),
	fc.record({ kind: fc.constant('cut' as const), at: fc.double({ min: 0, max: 1, noNaN: true }) }),
	fc.record({
		kind: fc.constant('insert' as const),
		at: fc.double({ min: 0, max: 1, noNaN: true }),
		bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }),
	}),
	fc.record({
		kind: fc.constant('repeat' as const),
		from: fc.double({ min: 0, max: 1, noNaN: true }),
		to: fc.double({ min: 0, max: 1, noNaN: true }),
	}),
	// As if written by somebody else, or by the server.
	fc.record({ kind: fc.constant('forge' as const), as: fc.constantFrom('anna', 'server', 'stranger') }),
	fc.record({ kind: fc.constant('splice' as const), at: fc.double({ min: 0, max: 1, noNaN: true }), other: fc.nat(40) }),
);
type Mutation = typeof mutation extends fc.Arbitrary<infer Value> ? Value : never;

const step = fc.record({
	edit: fc.nat(EDITS.length - 1),
	type: fc.constantFrom(1, 2),
	mutations: fc.array(mutation, { maxLength: 3 }),
	honestEdits: fc.array(fc.nat(HONEST_EDITS.length - 1), { minLength: 1, maxLength: 3 }),
});
export const steps = fc.array(step, { minLength: 1, maxLength: 14 });
export type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/**
 * Plays the steps and looks afterwards: nobody honest was closed or misled, everybody and the log hold the same, nothing was
 * stored under another's client id, and nothing failed inside.
 *
 * @param trials shared by many plays: each has a worker that must start first
 * @returns how many of the hostile frames were taken, and how many ended their session
 */
export async function playHostile(program: readonly Step[], trials?: Trials): Promise<{ taken: number; refused: number }> {
	const { room, settledGuest, rows, clock, failures } = aRoom(undefined, trials && { trials });
	const by = (personId: PersonId): Editor => ({
		personId,
		at: new Date(clock.ms).toISOString(),
		origin: { source: 'field', personId },
	});
	const honest = await settledGuest({ personId: anna });
	honest.sendPresence(honest.doc.clientID, 1, {}); // so everybody here knows the id
	let hostile = await settledGuest({ personId: bo });
	const recorded: Uint8Array[] = [];
	let refused = 0;
	for (const { edit, type, mutations, honestEdits } of program) {
		const update = updateOf(hostile, (doc) => EDITS[edit]!(doc, by(bo)));
		recorded.push(update);
		sendRaw(
			hostile,
			type,
			mutations.reduce((bytes, each) => mutated(bytes, each, hostile, honest, recorded), update),
		);
		for (const honestEdit of honestEdits) HONEST_EDITS[honestEdit]!(honest.doc, by(anna));
		do await settle();
		while (room.isBusy);
		if (hostile.socket.closedWith !== undefined) {
			refused++;
			hostile.leave();
			hostile = await settledGuest({ personId: bo });
		}
	}
	await look(honest, settledGuest, rows(), failures);
	return { taken: program.length - refused, refused };
}

async function look(
	honest: Guest,
	settledGuest: (options: { personId: PersonId }) => Promise<Guest>,
	rows: readonly { readonly bytes: Uint8Array; readonly personId: PersonId | null }[],
	failures: readonly unknown[],
): Promise<void> {
	expect(honest.socket.closedWith).toBeUndefined();
	expect(failures).toEqual([]);
	const newcomer = await settledGuest({ personId: anna });
	const stored = replay({ checkpoint: null, updates: rows.map(({ bytes }) => bytes) });
	const rowsOf = (doc: Y.Doc) => JSON.stringify(project('team', doc));
	expect(rowsOf(newcomer.doc)).toBe(rowsOf(stored));
	expect(rowsOf(honest.doc)).toBe(rowsOf(stored));
	const ofBo = rows.filter(({ personId }) => personId === bo).flatMap(({ bytes }) => outlineUpdate(bytes).runs);
	expect(ofBo.filter(({ client }) => client === honest.doc.clientID)).toEqual([]);
}

/** What an edit would send, without sending it. */
function updateOf(guest: Guest, edit: (doc: Y.Doc) => void): Uint8Array {
	const before = Y.encodeStateVector(guest.doc);
	guest.sends = false;
	guest.doc.transact(() => edit(guest.doc));
	guest.sends = true;
	return Y.encodeStateAsUpdate(guest.doc, before);
}

/** As it comes off the wire: what is no frame at all ends the session where the socket is read. */
function sendRaw(guest: Guest, type: number, update: Uint8Array): void {
	const bytes = Uint8Array.from([0, type, ...varUint(update.length), ...update]);
	try {
		parseFrame(bytes);
	} catch {
		return guest.socket.close(4400);
	}
	guest.send(bytes);
}

function mutated(
	bytes: Uint8Array,
	mutation: Mutation,
	hostile: Guest,
	honest: Guest,
	recorded: readonly Uint8Array[],
): Uint8Array {
	const place = (share: number) => Math.floor(share * bytes.length);
	switch (mutation.kind) {
		case 'set':
			return bytes.with(Math.min(place(mutation.at), bytes.length - 1), mutation.byte);
		case 'cut':
			return bytes.slice(0, Math.max(1, place(mutation.at)));
		case 'insert':
			return spliced(bytes, place(mutation.at), mutation.bytes);
		case 'repeat':
			return spliced(bytes, place(mutation.to), bytes.slice(place(mutation.from), place(mutation.to)));
		case 'forge': {
			const client = { anna: honest.doc.clientID, server: 0, stranger: 77 }[mutation.as]!;
			return replaced(bytes, varUint(hostile.doc.clientID), varUint(client));
		}
		case 'splice':
			return spliced(bytes, place(mutation.at), recorded[mutation.other % recorded.length]!);
	}
}

function spliced(bytes: Uint8Array, at: number, more: Uint8Array): Uint8Array {
	return Uint8Array.from([...bytes.slice(0, at), ...more, ...bytes.slice(at)]);
}

function replaced(bytes: Uint8Array, from: Uint8Array, to: Uint8Array): Uint8Array {
	return Uint8Array.from(Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll(latin1(from), latin1(to)), 'latin1'));
}

function latin1(bytes: Uint8Array): string {
	return Buffer.from(bytes).toString('latin1');
}

function varUint(value: number): Uint8Array {
	const bytes: number[] = [];
	for (let rest = value; ; rest = Math.floor(rest / 128)) {
		if (rest < 128) return Uint8Array.from([...bytes, rest]);
		bytes.push((rest % 128) + 128);
	}
}
