import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { decodeDurability } from '../../../board/durable-ack.ts';
import type { MassDeletion } from '../../../db/repo/mass-deletion.ts';
import type { DocumentId, PersonId } from '../../../domain/ids.ts';
import type { Access } from '../../../server/auth/admission.ts';
import { CommitQueue } from '../../../server/sync/commit-queue.ts';
import { encodeStep1, encodeStep2, encodeUpdate, parseFrame, type Frame } from '../../../server/sync/frame.ts';
import { NO_METRICS } from '../../../server/sync/metrics.ts';
import type { Room } from '../../../server/sync/room.ts';
import { Rooms } from '../../../server/sync/rooms.ts';
import { type RoomSocket, Session } from '../../../server/sync/session.ts';
import { Trials } from '../../../server/sync/trials.ts';
import { anAdmittedSession } from '../../support/believing-admission.ts';
import { aLogWithOneDocument, anna, aTeamDocument, goalOf, theDocumentId } from './a-server.ts';
import type { MemoryLog } from './memory-log.ts';

/** What arrived at a socket, said in words. */
export type Heard =
	Frame | { readonly type: 'acknowledged'; readonly frames: number } | { readonly type: 'durable'; readonly durable: boolean };

/** A socket in memory. Its buffer fills only when a test says so. */
export class MemorySocket implements RoomSocket {
	readonly heard: Heard[] = [];
	bufferedAmount = 0;
	closedWith: number | undefined;
	isTerminated = false;
	isPaused = false;
	pings = 0;
	onHeard: ((heard: Heard) => void) | undefined;

	send(bytes: Uint8Array): void {
		const durability = decodeDurability(bytes);
		const heard: Heard = !durability
			? parseFrame(bytes)
			: durability.kind === 'acked'
				? { type: 'acknowledged', frames: durability.frames }
				: { type: 'durable', durable: durability.durable };
		this.heard.push(heard);
		this.onHeard?.(heard);
	}

	close(code: number): void {
		this.closedWith = code;
	}

	terminate(): void {
		this.isTerminated = true;
	}

	ping(): void {
		this.pings++;
	}

	pause(): void {
		this.isPaused = true;
	}

	resume(): void {
		this.isPaused = false;
	}

	types(): Heard['type'][] {
		return this.heard.map(({ type }) => type);
	}

	/** The newest receipt. */
	acknowledged(): number {
		return this.heard.reduce((frames, heard) => (heard.type === 'acknowledged' ? heard.frames : frames), 0);
	}
}

/** A person with a document of their own, in a room, without a network. */
export class Guest {
	readonly doc: Y.Doc;
	readonly socket = new MemorySocket();
	readonly session: Session;
	readonly #room: Room;
	/** Edits go out as they are made, as a stock client sends them. */
	sends = true;

	constructor(
		room: Room,
		nowMs: number,
		{ personId = anna, access = 'write', doc = new Y.Doc() }: { personId?: PersonId; access?: Access; doc?: Y.Doc } = {},
	) {
		this.#room = room;
		this.doc = doc;
		this.session = new Session(anAdmittedSession({ personId, access }), this.socket, nowMs);
		this.socket.onHeard = (heard) => this.#hear(heard);
		this.doc.on('update', (update: Uint8Array, origin: unknown) => {
			if (origin !== this && this.sends) this.send(encodeUpdate(update));
		});
		room.join(this.session);
	}

	hello(): void {
		this.send(encodeStep1(Y.encodeStateVector(this.doc)));
	}

	type(words: string, at = goalOf(this.doc).length): void {
		goalOf(this.doc).insert(at, words);
	}

	send(frame: Uint8Array): void {
		this.#room.receive(this.session, parseFrame(frame));
	}

	sendUpdate(update: Uint8Array): void {
		this.send(encodeUpdate(update));
	}

	sendPresence(clientId: number, clock: number, state: unknown): void {
		this.send(aPresence([[clientId, clock, state]]));
	}

	leave(): void {
		this.session.state = { phase: 'ended', keepsFrames: true };
		this.#room.leave(this.session);
	}

	get text(): string {
		return goalOf(this.doc).toString();
	}

	#hear(heard: Heard): void {
		if (heard.type === 'step-2' || heard.type === 'update') Y.applyUpdate(this.doc, heard.update, this);
		// A stock client answers at once; here the answer comes after what the server is doing.
		if (heard.type === 'step-1' && this.sends)
			setImmediate(() => this.send(encodeStep2(Y.encodeStateAsUpdate(this.doc, heard.stateVector))));
	}
}

export function aPresence(entries: readonly (readonly [clientId: number, clock: number, state: unknown])[]): Uint8Array {
	const bytes = encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, entries.length);
		for (const [clientId, clock, state] of entries) {
			encoding.writeVarUint(encoder, clientId);
			encoding.writeVarUint(encoder, clock);
			encoding.writeVarString(encoder, JSON.stringify(state));
		}
	});
	return encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, 1);
		encoding.writeVarUint8Array(encoder, bytes);
	});
}

/** Entries of all presence frames a socket heard, in order. */
export function presenceHeard(
	socket: MemorySocket,
): { clientId: number; clock: number; state: Record<string, unknown> | null }[] {
	return socket.heard.flatMap((heard) => {
		if (heard.type !== 'awareness') return [];
		const decoder = decoding.createDecoder(heard.entries);
		return Array.from({ length: decoding.readVarUint(decoder) }, () => ({
			clientId: decoding.readVarUint(decoder),
			clock: decoding.readVarUint(decoder),
			state: JSON.parse(decoding.readVarString(decoder)) as Record<string, unknown> | null,
		}));
	});
}

/** One room over a log in memory, with a clock that stands still until it is moved. */
export function aRoom(
	log: MemoryLog = aLogWithOneDocument(),
	options: { readonly trialDeadlineMs?: number; readonly trials?: Trials } = {},
) {
	const clock = { ms: 1_000_000 };
	const failures: unknown[] = [];
	const onFailure = (error: unknown) => void failures.push(error);
	const nowMs = () => clock.ms;
	const queue = new CommitQueue(log, nowMs, NO_METRICS, onFailure);
	const massDeletions: MassDeletion[] = [];
	const muchDeleted = (_documentId: DocumentId, deletion: MassDeletion) => void massDeletions.push(deletion);
	const trials = options.trials ?? new Trials(onFailure, options.trialDeadlineMs);
	const rooms = new Rooms({ log, queue, metrics: NO_METRICS, trials, nowMs, projected: () => {}, muchDeleted, onFailure });
	const room = rooms.open(aTeamDocument, theDocumentId);
	return {
		log,
		rooms,
		room,
		queue,
		trials,
		clock,
		failures,
		massDeletions,
		guest: (options: ConstructorParameters<typeof Guest>[2] = {}) => new Guest(room, clock.ms, options),
		/** Somebody who has said hello and been answered. */
		async settledGuest(options: ConstructorParameters<typeof Guest>[2] = {}): Promise<Guest> {
			const guest = new Guest(room, clock.ms, options);
			guest.hello();
			await settle();
			return guest;
		},
		rows: () => log.kept(theDocumentId).rows,
	};
}

/** Lets everything that can happen without time passing happen. */
export async function settle(): Promise<void> {
	for (let turn = 0; turn < 30; turn++) await new Promise((resolve) => setImmediate(resolve));
}
