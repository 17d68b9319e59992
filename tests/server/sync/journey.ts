/** Five people behind a network that breaks, by seed: in the end every device and the log hold the same, byte for byte. */
import { expect } from 'vitest';
import * as Y from 'yjs';
import { taskTextName } from '../../../board/schema.ts';
import type { PersonId, TaskId } from '../../../domain/ids.ts';
import { replay } from '../../../server/log/replay.ts';
import { encodeStep1, encodeStep2, encodeUpdate, parseFrame } from '../../../server/sync/frame.ts';
import type { Room } from '../../../server/sync/room.ts';
import { Session } from '../../../server/sync/session.ts';
import { anAdmittedSession } from '../../support/believing-admission.ts';
import { SeededRandom } from '../../support/seeded-random.ts';
import { aRoom, MemorySocket, settle } from './a-room.ts';
import { anId, goalOf, theDocumentId } from './a-server.ts';
import type { MemoryLog } from './memory-log.ts';

const PEOPLE = 5;
const STEPS = 250;
const A_TASK = taskTextName(anId<PersonId>(900) as unknown as TaskId);

/**
 * A person behind a network that delays, reorders between people, and loses everything under way when it breaks.
 * Within one socket bytes stay in order: that is what TCP promises.
 */
class Traveller {
	readonly doc = new Y.Doc();
	readonly undo: Y.UndoManager;
	readonly #room: Room;
	readonly #personId: PersonId;
	#session: Session | undefined;
	#out: Uint8Array[] = [];
	#in: Uint8Array[] = [];
	lost = 0;

	constructor(room: Room, personId: PersonId, clientId: number) {
		this.#room = room;
		this.#personId = personId;
		this.doc.clientID = clientId;
		this.undo = new Y.UndoManager([goalOf(this.doc), this.doc.getText(A_TASK)], { captureTimeout: 0 });
		this.doc.on('update', (update: Uint8Array, origin: unknown) => {
			if (origin !== this && this.#session) this.#out.push(encodeUpdate(update));
		});
	}

	get isOnline(): boolean {
		return this.#session !== undefined;
	}

	get hasNothingUnderWay(): boolean {
		return this.#out.length === 0 && this.#in.length === 0;
	}

	connect(): void {
		const socket = new MemorySocket();
		const session = (this.#session = new Session(anAdmittedSession({ personId: this.#personId }), socket, 0));
		socket.send = (bytes) => void (this.#session === session && this.#in.push(bytes));
		socket.close = () => this.#session === session && this.disconnect();
		this.#room.join(session);
		this.#out = [encodeStep1(Y.encodeStateVector(this.doc))];
		this.#in = [];
	}

	disconnect(): void {
		this.lost += this.#out.length + this.#in.length;
		this.#out = [];
		this.#in = [];
		if (!this.#session) return;
		this.#session.state = { phase: 'ended', keepsFrames: true };
		this.#room.leave(this.#session);
		this.#session = undefined;
	}

	/** Carries up to so many frames each way. */
	carry(frames: number): void {
		for (const bytes of this.#out.splice(0, frames)) if (this.#session) this.#room.receive(this.#session, parseFrame(bytes));
		for (const bytes of this.#in.splice(0, frames)) this.#hear(bytes);
	}

	#hear(bytes: Uint8Array): void {
		if (bytes[0] !== 0) return;
		const frame = parseFrame(bytes);
		if (frame.type === 'step-1') this.#out.push(encodeStep2(Y.encodeStateAsUpdate(this.doc, frame.stateVector)));
		else if (frame.type === 'step-2' || frame.type === 'update') Y.applyUpdate(this.doc, frame.update, this);
	}
}

function edit(traveller: Traveller, random: SeededRandom): void {
	const text = random.chance(0.5) ? goalOf(traveller.doc) : traveller.doc.getText(A_TASK);
	const length = text.length;
	if (random.chance(0.15)) return void traveller.undo.undo();
	if (random.chance(0.05)) return void traveller.undo.redo();
	if (length > 0 && random.chance(0.35)) {
		const at = random.below(length);
		return text.delete(at, Math.min(1 + random.below(8), length - at));
	}
	if (length < 700) text.insert(random.below(length + 1), random.pick(['a', 'ord ', 'æøå', '🎈', 'en hel sætning. ']));
}

function normalForm(doc: Y.Doc): string {
	const fresh = new Y.Doc();
	Y.applyUpdate(fresh, Y.encodeStateAsUpdate(doc));
	return Buffer.from(Y.encodeStateAsUpdate(fresh)).toString('hex');
}

async function journey(seed: number) {
	const random = new SeededRandom(seed);
	const { room, log, clock } = aRoom();
	await settle();
	const travellers = Array.from({ length: PEOPLE }, (_, index) => new Traveller(room, anId<PersonId>(index + 1), 1_000 + index));
	for (const traveller of travellers) traveller.connect();
	let breaks = 0;
	for (let step = 0; step < STEPS; step++) {
		const traveller = random.pick(travellers);
		if (random.chance(0.6)) edit(traveller, random);
		if (random.chance(0.7)) random.pick(travellers).carry(1 + random.below(4));
		if (random.chance(0.06)) {
			if (traveller.isOnline) traveller.disconnect();
			else traveller.connect();
			breaks++;
		}
		if (random.chance(0.02)) log.failNext(random.pick(['not-stored', 'unknown']));
		if (random.chance(0.03)) room.refresh();
		clock.ms += 5;
		if (random.chance(0.5)) await new Promise((resolve) => setImmediate(resolve));
	}
	for (const traveller of travellers) if (!traveller.isOnline) traveller.connect();
	await comeToRest(travellers, log, room);
	return { travellers, breaks, replayed: replay(await log.load(theDocumentId)), rows: log.kept(theDocumentId).rows };
}

/** Until a room that could not store has tried again, and everybody has everything. */
async function comeToRest(travellers: readonly Traveller[], log: MemoryLog, room: Room): Promise<void> {
	log.forgetFailures();
	for (let quiet = 0; quiet < 3;) {
		for (const traveller of travellers) if (!traveller.isOnline) traveller.connect();
		for (const traveller of travellers) traveller.carry(10_000);
		await settle();
		const isQuiet = room.phase === 'live' && !room.isBusy && travellers.every((traveller) => traveller.hasNothingUnderWay);
		quiet = isQuiet ? quiet + 1 : 0;
		if (!isQuiet) await new Promise((resolve) => setTimeout(resolve, 20));
	}
}

/** What went on in a journey: one of its own may be quiet. */
export interface Trouble {
	readonly written: number;
	readonly breaks: number;
	/** Frames under way when the network broke. */
	readonly lost: number;
}

/** @throws when anybody holds something else */
export async function expectSameEverywhere(seed: number): Promise<Trouble> {
	const { travellers, breaks, replayed, rows } = await journey(seed);
	const told = normalForm(replayed);
	expect(goalOf(replayed).length + replayed.getText(A_TASK).length).toBeGreaterThan(0);
	expect(travellers.map(({ doc }) => normalForm(doc) === told)).toEqual(travellers.map(() => true));
	return { written: rows.length, breaks, lost: travellers.reduce((sum, { lost }) => sum + lost, 0) };
}
