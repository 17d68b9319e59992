import { CLOSE } from '../../board/close-codes.ts';
import type { DocName } from '../../board/doc-name.ts';
import type { DocumentId } from '../../domain/ids.ts';
import { unreachable } from '../../domain/result.ts';
import { DocumentGone } from '../log/board-log.ts';
import { KeyDestroyed } from '../log/case-keys.ts';
import { CheckpointDiffers } from '../log/checkpoint.ts';
import { BoardReplica } from './board-replica.ts';
import type { DeletionWatch } from './deletion-watch.ts';
import type { DocumentLog } from './document-log.ts';
import { NOT_DURABLE_LIMIT_MS, RETRY_FIRST_MS, RETRY_LONGEST_MS } from './limits.ts';
import { toldBefore, untoldUpdate, type Told } from './told.ts';
import { Upkeep } from './upkeep.ts';

export interface Held {
	readonly replica: BoardReplica;
	readonly upkeep: Upkeep;
}

/**
 * loading → live ⇄ not-durable → draining → gone. `loading` comes again when the replica was spoilt or somebody else
 * wrote to the log; whoever is in the room just waits for it.
 */
type HoldState =
	| { readonly phase: 'loading' }
	| ({ readonly phase: 'live' } & Held)
	/** It could not store. Frames wait; once it has loaded again the room tries to store them, alone. */
	| {
			readonly phase: 'not-durable';
			readonly sinceMs: number;
			readonly attempts: number;
			readonly told: Told;
			readonly held?: Held;
	  }
	/** Nobody is here; read model and checkpoint are being finished. Somebody who comes now makes it live again. */
	| ({ readonly phase: 'draining' } & Held)
	| { readonly phase: 'gone' };

export interface HoldOwner {
	/** There is a replica to work on. @param untold what the log holds beyond what people were told */
	holds(replica: BoardReplica, untold: Uint8Array | undefined): void;
	/** There will be none: the document is no more, its epoch has ended, or storing or loading failed for too long. */
	lost(code: EndCode): void;
	/** The read model has something new in it. */
	projected(): void;
	/** A failure that is survived. */
	onFailure(error: unknown): void;
}

type EndCode = (typeof CLOSE)['notFound' | 'oldEpoch' | 'tryLater'];

/** The document was restored: what is under this name is history. */
class EpochEnded extends Error {}

/** A room's hold on its document: from the log into memory, and again whenever memory cannot be trusted. */
export class DocumentHold {
	readonly #name: DocName;
	readonly #documentId: DocumentId;
	readonly #log: DocumentLog;
	readonly #nowMs: () => number;
	readonly #deletions: DeletionWatch;
	readonly #owner: HoldOwner;
	#state: HoldState = { phase: 'loading' };
	/** A checkpoint was not what the log tells: what is in memory must be loaded anew. */
	#isDoubted = false;

	constructor(
		name: DocName,
		documentId: DocumentId,
		log: DocumentLog,
		nowMs: () => number,
		deletions: DeletionWatch,
		owner: HoldOwner,
	) {
		this.#name = name;
		this.#documentId = documentId;
		this.#log = log;
		this.#nowMs = nowMs;
		this.#deletions = deletions;
		this.#owner = owner;
	}

	get phase(): HoldState['phase'] {
		return this.#state.phase;
	}

	get current(): Held | undefined {
		switch (this.#state.phase) {
			case 'live':
			case 'draining':
				return this.#state;
			case 'not-durable':
				return this.#state.held;
			case 'loading':
			case 'gone':
				return undefined;
			default:
				return unreachable(this.#state);
		}
	}

	/** Never ends in an empty document. @param told what people have seen, when they have seen something */
	async load(told?: Told): Promise<void> {
		this.#state = { phase: 'loading' };
		try {
			const held = await this.#fetch(told !== undefined);
			this.#state = { phase: 'live', ...held };
			this.#owner.holds(held.replica, told && untoldUpdate(told, held.replica));
		} catch (error) {
			const code = endOf(error);
			if (code === CLOSE.tryLater) this.#owner.onFailure(error);
			this.#owner.lost(code);
		}
	}

	/** Somebody else wrote to the log. */
	loadAgain(): void {
		const { current } = this;
		if (current) void this.load(toldBefore([], current.replica));
	}

	/** @param untold updates that are in the replica and perhaps in the log; nobody has heard of them */
	storingFailed(untold: readonly Uint8Array[]): void {
		const { current } = this;
		if (!current) throw new Error('nothing was being stored');
		const before = this.#state.phase === 'not-durable' ? this.#state : undefined;
		const told = toldBefore(untold, current.replica);
		this.#state = {
			phase: 'not-durable',
			sinceMs: before?.sinceMs ?? this.#nowMs(),
			attempts: (before?.attempts ?? 0) + 1,
			told,
		};
		this.#tryAgainLater();
	}

	stored(): void {
		if (this.#state.phase === 'not-durable' && this.#state.held) this.#state = { phase: 'live', ...this.#state.held };
	}

	/** @returns what is to be finished, when it may be, and whether that drain still goes on: nobody came since */
	drain(): (Held & { readonly isGoingOn: () => boolean }) | undefined {
		if (this.#state.phase !== 'live') return undefined;
		const draining: HoldState = { ...this.#state, phase: 'draining' };
		this.#state = draining;
		return { ...draining, isGoingOn: () => this.#state === draining };
	}

	revive(): void {
		if (this.#state.phase === 'draining') this.#state = { ...this.#state, phase: 'live' };
	}

	end(): void {
		this.#state = { phase: 'gone' };
	}

	async #fetch(again: boolean): Promise<Held> {
		const loaded = await this.#log.load(this.#documentId);
		if (loaded.epoch !== this.#name.epoch) throw new EpochEnded();
		const owner = { onFailure: (error: unknown) => this.#upkeepFailed(error), projected: () => this.#owner.projected() };
		return {
			replica: new BoardReplica(this.#name.compartment.kind, loaded, this.#deletions),
			upkeep: new Upkeep(this.#log, this.#documentId, loaded, this.#nowMs(), owner, again),
		};
	}

	#upkeepFailed(error: unknown): void {
		this.#owner.onFailure(error);
		if (error instanceof CheckpointDiffers) this.#isDoubted = true;
	}

	takeDoubt(): boolean {
		const isDoubted = this.#isDoubted;
		this.#isDoubted = false;
		return isDoubted;
	}

	#tryAgainLater(): void {
		if (this.#state.phase !== 'not-durable') return;
		const { sinceMs, attempts } = this.#state;
		if (this.#nowMs() - sinceMs > NOT_DURABLE_LIMIT_MS) return this.#owner.lost(CLOSE.tryLater);
		setTimeout(() => void this.#tryAgain(), Math.min(RETRY_LONGEST_MS, RETRY_FIRST_MS * 2 ** (attempts - 1)));
	}

	async #tryAgain(): Promise<void> {
		if (this.#state.phase !== 'not-durable') return;
		try {
			const held = await this.#fetch(true);
			if (this.#state.phase !== 'not-durable') return;
			this.#state = { ...this.#state, held };
			this.#owner.holds(held.replica, untoldUpdate(this.#state.told, held.replica));
		} catch (error) {
			const code = endOf(error);
			if (code !== CLOSE.tryLater) return this.#owner.lost(code);
			this.#state = { ...this.#state, attempts: this.#state.attempts + 1 }; // the failure that led here has been reported
			this.#tryAgainLater();
		}
	}
}

function endOf(error: unknown): EndCode {
	if (error instanceof EpochEnded) return CLOSE.oldEpoch;
	return error instanceof DocumentGone || error instanceof KeyDestroyed ? CLOSE.notFound : CLOSE.tryLater;
}
