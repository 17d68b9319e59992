import { ByteReader } from './byte-reader.ts';
import {
	MAX_CLIENT_ID,
	MAX_CLIENTS_PER_UPDATE,
	MAX_CLOCK,
	MAX_DELETIONS,
	MAX_NAME_LENGTH,
	MAX_STRUCTS_PER_CLIENT,
	MAX_VALUE_DEPTH,
} from './limits.ts';

/**
 * What an update says it adds and removes, read from its bytes without building anything. It is read before Yjs sees
 * the bytes: a count of two thousand million would make Yjs allocate first and look later.
 *
 * Only what a board can hold passes: text, plain JSON values, their remains and skips. No nested types, formats,
 * embeds, binaries or sub-documents, so nothing can be 20,000 levels deep.
 */
export interface UpdateOutline {
	/** Runs of new content, in the order of the bytes; a skip ends a run. */
	readonly runs: readonly ClockRange[];
	/** The highest clock of each other client that this update refers to as a neighbour. */
	readonly neighbours: ReadonlyMap<number, number>;
	readonly deletions: readonly ClockRange[];
	/** Pieces of content. */
	readonly pieces: number;
	/** How often each root is named: a piece that names a neighbour names no root. */
	readonly roots: ReadonlyMap<string, number>;
	/** How often a piece of each client is named as a neighbour by another than the one that follows it: it may have to be cut there. */
	readonly cuts: ReadonlyMap<number, number>;
}

export interface ClockRange {
	readonly client: number;
	readonly from: number;
	/** Exclusive. */
	readonly to: number;
}

interface Draft {
	readonly runs: ClockRange[];
	readonly neighbours: Map<number, number>;
	readonly deletions: ClockRange[];
	pieces: number;
	readonly roots: Map<string, number>;
	readonly cuts: Map<number, number>;
}

/** @throws {RangeError | TypeError} when the bytes are not a V1 update that a board can hold */
export function outlineUpdate(bytes: Uint8Array): UpdateOutline {
	const reader = new ByteReader(bytes);
	const draft: Draft = { runs: [], neighbours: new Map(), deletions: [], pieces: 0, roots: new Map(), cuts: new Map() };
	const seen = new Set<number>();
	const sections = reader.count(MAX_CLIENTS_PER_UPDATE);
	for (let index = 0; index < sections; index++) readSection(reader, draft, seen);
	readDeletions(reader, draft);
	reader.expectEnd();
	return draft;
}

function readSection(reader: ByteReader, draft: Draft, seen: Set<number>): void {
	const structs = reader.count(MAX_STRUCTS_PER_CLIENT);
	const client = readClient(reader);
	// Yjs keeps only the last of two sections for one client, and loses the first without a word.
	if (seen.has(client)) throw new RangeError('client-twice');
	seen.add(client);
	draft.pieces += structs;
	let clock = reader.varUint(MAX_CLOCK);
	let from = clock;
	for (let index = 0; index < structs; index++) {
		const info = reader.uint8();
		const skips = info === SKIP;
		if (skips && clock > from) draft.runs.push({ client, from, to: clock });
		clock += readStruct(reader, info, client, clock, draft);
		if (clock > MAX_CLOCK) throw new RangeError('clock-too-large');
		if (skips) from = clock;
	}
	if (clock > from) draft.runs.push({ client, from, to: clock });
}

const CONTENT_KIND = 0b0001_1111;
const HAS_ORIGIN = 0b1000_0000;
const HAS_RIGHT_ORIGIN = 0b0100_0000;
const HAS_PARENT_KEY = 0b0010_0000;
const GC = 0;
const DELETED = 1;
const STRING = 4;
const ANY = 8;
const SKIP = 10;

/** @returns the struct's length in clocks, never 0 */
function readStruct(reader: ByteReader, info: number, client: number, clock: number, draft: Draft): number {
	const kind = info & CONTENT_KIND;
	if (kind === GC || info === SKIP) return readLength(reader);
	if ((info & HAS_ORIGIN) !== 0) readNeighbour(reader, client, clock, draft);
	if ((info & HAS_RIGHT_ORIGIN) !== 0) readNeighbour(reader, client, clock, draft);
	if ((info & (HAS_ORIGIN | HAS_RIGHT_ORIGIN)) === 0) {
		if (reader.varUint() !== 1) throw new RangeError('nested-type');
		count(draft.roots, readName(reader));
		if ((info & HAS_PARENT_KEY) !== 0) readName(reader);
	}
	return readContent(reader, kind);
}

function readContent(reader: ByteReader, kind: number): number {
	switch (kind) {
		case DELETED:
			return readLength(reader);
		case STRING:
			return notEmpty(reader.varString().length);
		case ANY: {
			const values = notEmpty(reader.count());
			for (let index = 0; index < values; index++) skipValue(reader, MAX_VALUE_DEPTH);
			return values;
		}
		default:
			throw new RangeError('content-not-of-a-board');
	}
}

function readNeighbour(reader: ByteReader, client: number, clock: number, { neighbours, cuts }: Draft): void {
	const of = readClient(reader);
	const at = reader.varUint(MAX_CLOCK);
	if (of !== client || at !== clock - 1) count(cuts, of);
	if (of === client) {
		if (at >= clock) throw new RangeError('neighbour-from-the-future');
	} else if (at >= (neighbours.get(of) ?? -1)) neighbours.set(of, at);
}

function readDeletions(reader: ByteReader, draft: Draft): void {
	const seen = new Set<number>();
	const clients = reader.count(MAX_DELETIONS);
	let left = MAX_DELETIONS - clients;
	for (let index = 0; index < clients; index++) {
		const client = readClient(reader);
		if (seen.has(client)) throw new RangeError('client-twice');
		seen.add(client);
		left -= readRanges(reader, client, left, draft.deletions);
	}
}

/** Sorted and apart, as every honest client writes them: overlapping ones would be walked again and again. */
function readRanges(reader: ByteReader, client: number, most: number, deletions: ClockRange[]): number {
	const ranges = reader.count(most);
	let end = 0;
	for (let index = 0; index < ranges; index++) {
		const from = reader.varUint(MAX_CLOCK);
		const to = from + reader.varUint(MAX_CLOCK);
		if (from < end) throw new RangeError('deletions-overlap');
		if (to > from) deletions.push({ client, from, to });
		end = to;
	}
	return ranges;
}

function readClient(reader: ByteReader): number {
	return notEmpty(reader.varUint(MAX_CLIENT_ID));
}

function readLength(reader: ByteReader): number {
	return notEmpty(reader.varUint(MAX_CLOCK));
}

function readName(reader: ByteReader): string {
	const name = reader.varString();
	if (name.length > MAX_NAME_LENGTH) throw new RangeError('name-too-long');
	return name;
}

function count<Key>(counts: Map<Key, number>, key: Key): void {
	counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** A struct of no length would break the order of clocks; client 0 is the server. */
function notEmpty(length: number): number {
	if (length === 0) throw new RangeError('empty');
	return length;
}

/** lib0's `any`: only what JSON can say. */
function skipValue(reader: ByteReader, depth: number): void {
	if (depth === 0) throw new RangeError('value-too-deep');
	switch (reader.uint8()) {
		case 127:
		case 126:
		case 121:
		case 120:
			return;
		case 125:
			return reader.skipVarInt();
		case 124:
			return reader.skip(4);
		case 123:
			return reader.skip(8);
		case 119:
			return void reader.varString();
		case 118:
			return skipObject(reader, depth);
		case 117: {
			const length = reader.count();
			for (let index = 0; index < length; index++) skipValue(reader, depth - 1);
			return;
		}
		default:
			throw new RangeError('value-not-json');
	}
}

function skipObject(reader: ByteReader, depth: number): void {
	const keys = reader.count();
	for (let index = 0; index < keys; index++) {
		if (reader.varString() === '__proto__') throw new RangeError('value-not-json');
		skipValue(reader, depth - 1);
	}
}
