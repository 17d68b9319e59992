import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import type { PersonId } from '../../../domain/ids.ts';
import { goalOf } from './a-server.ts';

/** An update made to hold the server up. */
export interface LargeUpdate {
	readonly what: string;
	/** What the document holds when it comes. */
	readonly before: readonly Uint8Array[];
	readonly update: Uint8Array;
}

const [GC, STRING, ANY, HAS_KEY, HAS_ORIGIN, HAS_RIGHT_ORIGIN] = [0, 4, 8, 0x20, 0x80, 0x40];
type Place = readonly [client: number, clock: number];

/** A V1 update written by hand: the pieces of each client, then the ranges it deletes of each. */
function anUpdate(
	pieces: Readonly<Record<number, readonly ((encoder: encoding.Encoder) => void)[]>>,
	deletions: Readonly<Record<number, readonly (readonly [from: number, length: number])[]>> = {},
): Uint8Array {
	return encoding.encode((encoder) => {
		const sections = Object.entries(pieces);
		encoding.writeVarUint(encoder, sections.length);
		for (const [client, written] of sections) {
			for (const number of [written.length, Number(client), 0]) encoding.writeVarUint(encoder, number);
			for (const write of written) write(encoder);
		}
		encoding.writeVarUint(encoder, Object.keys(deletions).length);
		for (const [client, ranges] of Object.entries(deletions)) {
			for (const number of [Number(client), ranges.length]) encoding.writeVarUint(encoder, number);
			for (const range of ranges) for (const number of range) encoding.writeVarUint(encoder, number);
		}
	});
}

function letters(words: string, origin: Place | null, right: Place | null = null, root = 'goal/team') {
	return (encoder: encoding.Encoder): void => {
		encoding.writeUint8(encoder, STRING | (origin ? HAS_ORIGIN : 0) | (right ? HAS_RIGHT_ORIGIN : 0));
		for (const place of [origin, right]) for (const number of place ?? []) encoding.writeVarUint(encoder, number);
		if (!origin && !right) {
			encoding.writeVarUint(encoder, 1);
			encoding.writeVarString(encoder, root);
		}
		encoding.writeVarString(encoder, words);
	};
}

function chosen(key: string, value: string) {
	return (encoder: encoding.Encoder): void => {
		encoding.writeUint8(encoder, ANY | HAS_KEY);
		encoding.writeVarUint(encoder, 1);
		for (const name of ['goal', key]) encoding.writeVarString(encoder, name);
		encoding.writeVarUint(encoder, 1);
		encoding.writeAny(encoder, value);
	};
}

function nothing(encoder: encoding.Encoder): void {
	encoding.writeUint8(encoder, GC);
	encoding.writeVarUint(encoder, 1);
}

function times<Value>(count: number, make: (index: number) => Value): Value[] {
	return Array.from({ length: count }, (_, index) => make(index));
}

function taskName(index: number): string {
	return `task/01890a5d-ac96-774b-bcce-${String(index).padStart(12, '0')}`;
}

function aDocument(write: (doc: Y.Doc) => void): Uint8Array {
	const doc = new Y.Doc();
	doc.clientID = 7;
	doc.transact(() => write(doc));
	return Y.encodeStateAsUpdate(doc);
}

/** So many tasks' texts, as one person may write them. */
export function tasksOf(count: number, letters: number): Uint8Array {
	return aDocument((doc) => times(count, (index) => doc.getText(taskName(index)).insert(0, 'x'.repeat(letters))));
}

/** A day offline as it comes back: written in sixteen hundred places, every third letter taken back. */
export const aDayOffline = aDocument((doc) => {
	for (let index = 0; index < 6_000; index++) {
		const text = index < 3_000 ? goalOf(doc) : doc.getText(taskName(index % 40));
		text.insert(
			(text.length * ((index * 7_919) % 1_000)) / 1_000 - (((text.length * ((index * 7_919) % 1_000)) / 1_000) % 1),
			'a',
		);
		if (index % 3 === 2) text.delete(0, 1);
	}
});

/** Each would hold the server up for as long as it says, on the machine it was written on; `person` writes them. */
export function costlyUpdates(person: PersonId): readonly LargeUpdate[] {
	return [
		{
			what: 'eight thousand texts at once',
			before: [],
			update: anUpdate({ 5: times(8_000, (index) => letters('hello', null, null, taskName(index))) }),
		},
		{
			what: 'twelve thousand places no board has',
			before: [],
			update: anUpdate({ 5: times(12_000, (index) => letters('hello', null, null, `x/${index}`)) }),
		},
		{
			what: 'one choice written eight thousand times from the start',
			before: [],
			update: anUpdate({ 5: times(8_000, () => chosen(`kind/${person}`, 'job')) }),
		},
		{
			what: 'fifteen hundred letters for a spot where fifteen thousand were and are not',
			before: [anUpdate({ 4: times(15_000, (index) => letters('a', index === 0 ? null : [4, 0])) }, { 4: [[1, 14_999]] })],
			update: anUpdate({ 5: times(1_500, () => letters('b', [4, 0])) }),
		},
		{
			what: 'ninety-nine thousand holes in what others wrote',
			before: [tasksOf(2_000, 450)],
			update: anUpdate({}, { 7: times(99_000, (index) => [index * 4, 1]) }),
		},
		{
			what: 'three hundred thousand remains of nothing',
			before: [],
			update: anUpdate(Object.fromEntries(times(16, (client) => [100 + client, times(19_000, () => nothing)]))),
		},
		{
			what: 'the deletion of everything, where there is very much',
			before: times(3, (client) =>
				anUpdate(
					{
						[100 + client]: times(19_000, (index) =>
							letters('a', index % 400 === 0 ? null : [100 + client, index - 1], null, taskName(client * 100 + index / 400)),
						),
					},
					{ [100 + client]: times(9_500, (index) => [index * 2, 1]) },
				),
			),
			update: anUpdate({}, Object.fromEntries(times(3, (client) => [100 + client, [[0, 19_000]]]))),
		},
	];
}

/** Updates of about so many bytes, by what makes them costly; what they are taken into comes with them. */
export const SHAPES: Readonly<Record<string, (bytes: number) => Omit<LargeUpdate, 'what'>>> = {
	'one-letter pieces': (bytes) => ({
		before: [],
		update: anUpdate({
			5: times(Math.floor(bytes / 9), (index) =>
				letters('a', index % 2_000 === 0 ? null : [5, index - 1], null, taskName(Math.floor(index / 2_000))),
			),
		}),
	}),
	holes: (bytes) => ({
		before: [tasksOf(700, 450)],
		update: anUpdate({}, { 7: times(Math.floor(bytes / 4), (index) => [index * 4, 1]) }),
	}),
	texts: (bytes) => ({
		before: [],
		update: anUpdate({ 5: times(Math.floor(bytes / 48), (index) => letters('a', null, null, taskName(index))) }),
	}),
	choices: (bytes) => ({
		before: [],
		update: anUpdate({ 5: times(Math.floor(bytes / 60), (index) => chosen(`kind/${taskName(index).slice(5)}`, 'job')) }),
	}),
};
