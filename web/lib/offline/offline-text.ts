import * as Y from 'yjs';
import { parseDocName } from '../../../board/doc-name.ts';
import type { CaseId, PersonId } from '../../../domain/ids.ts';
import type { OfflineKeys } from '../../../server/api/case-board.ts';
import type { Answer } from '../api/ask.ts';
import type { DeviceStore, Piece } from './device-store.ts';
import { SealingKeys, type Sealed } from './sealing.ts';
import { sweep } from './sweep.ts';
import { UnsentLog, type Keeper } from './unsent-log.ts';

/** What an earlier page wrote in one document and did not get to send. */
export interface FoundText {
	readonly document: string;
	readonly ids: readonly string[];
	readonly update: Uint8Array;
	/** When the last of it was written. */
	readonly writtenAtMs: number;
}

export interface OfflineTextOptions {
	readonly caseId: CaseId;
	readonly ownerId: PersonId;
	readonly keys: () => Promise<Answer<OfflineKeys>>;
	/** By this device's clock. */
	readonly nowMs: () => number;
	/** Told once, and only when there is something. */
	readonly onfound: (found: readonly FoundText[]) => void;
}

/** A rule that changed is known this soon, and a new half day's key. */
const ASK_EVERY_MS = 10 * 60_000;

/**
 * What one person writes in one case, kept sealed on this device until the server has stored it. The keys come from the server,
 * for whoever may open the case at that moment; without them nothing is kept and nothing is found.
 */
export class OfflineText implements Keeper {
	readonly #options: OfflineTextOptions;
	readonly #store: DeviceStore;
	readonly #logs = new Set<UnsentLog>();
	#keys: SealingKeys | undefined;
	#looked = false;
	/** Rises whenever the keys of before are not to be used: an answer on its way then says nothing. */
	#turn = 0;
	#timer: ReturnType<typeof setInterval> | undefined;

	constructor(store: DeviceStore, options: OfflineTextOptions) {
		this.#store = store;
		this.#options = options;
	}

	start(): void {
		this.#timer ??= setInterval(() => void this.ask(), ASK_EVERY_MS);
		void this.ask();
	}

	/** The page is left; what waits is still written, for the next one. */
	stop(): void {
		clearInterval(this.#timer);
		this.#timer = undefined;
	}

	/** Nobody is signed in here: what lies on the device stays as it is, unreadable, and nothing is added. */
	pause(): void {
		this.#turn++;
		this.#keys = undefined;
		this.stop();
	}

	logOf(document: string): UnsentLog {
		const log = new UnsentLog(document, this);
		this.#logs.add(log);
		return log;
	}

	/** Access ended, or the words are kept elsewhere. */
	async wipe(): Promise<void> {
		this.pause();
		await Promise.all([...this.#logs].map((log) => log.forget()));
		await this.#orLeave(this.#deleteAll(({ document }) => parseDocName(document)?.caseId === this.#options.caseId));
	}

	/** May the words still lie here, and under which key? */
	async ask(): Promise<void> {
		const turn = this.#turn;
		const answer = await this.#options.keys();
		if (turn !== this.#turn) return;
		if (!answer.ok) return answer.code === 'not-found' ? this.wipe() : undefined;
		if (answer.value.keys.length === 0) return this.#forbidden();
		const keys = await SealingKeys.from(answer.value);
		if (!keys || turn !== this.#turn) return;
		this.#keys = keys;
		await this.#orLeave(this.#look(keys));
		await Promise.all([...this.#logs].map((log) => log.flush()));
	}

	async keep(document: string, update: Uint8Array): Promise<string | undefined> {
		const turn = this.#turn;
		const about = { id: crypto.randomUUID(), ownerId: this.#options.ownerId, document, writtenAtMs: this.#options.nowMs() };
		const sealed = await this.#keys?.seal(update, placeOf(about));
		if (!sealed || turn !== this.#turn) return undefined;
		return this.#orLeave(this.#store.put({ ...about, ...sealed }).then(() => about.id));
	}

	async drop(ids: readonly string[]): Promise<void> {
		await this.#orLeave(this.#store.delete(ids));
	}

	async #forbidden(): Promise<void> {
		this.#keys = undefined;
		await this.#orLeave(this.#deleteAll(() => true));
	}

	/** Only at first: what comes later is of pages that are open. */
	async #look(keys: SealingKeys): Promise<void> {
		await sweep(this.#store, this.#options.ownerId, this.#options.nowMs);
		if (this.#looked) return;
		this.#looked = true;
		const ofThisCase = (piece: Piece) => parseDocName(piece.document)?.caseId === this.#options.caseId;
		const pieces = (await this.#store.all()).filter(ofThisCase);
		const opened = await Promise.all(pieces.map(async (piece) => ({ piece, update: await keys.open(piece, placeOf(piece)) })));
		const byDocument = Map.groupBy(opened, ({ piece }) => piece.document);
		const found = [...byDocument].flatMap(([document, all]) => {
			const updates = all.flatMap(({ update }) => update ?? []);
			const [ids, written] = [all.map(({ piece }) => piece.id), all.map(({ piece }) => piece.writtenAtMs)];
			if (updates.length > 0) return { document, ids, update: mergedInSteps(updates), writtenAtMs: Math.max(...written) };
			void this.drop(ids);
			return [];
		});
		if (found.length > 0) this.#options.onfound(found);
	}

	async #deleteAll(isMeant: (piece: Piece) => boolean): Promise<void> {
		const meant = (await this.#store.all()).filter((piece) => piece.ownerId === this.#options.ownerId && isMeant(piece));
		await this.#store.delete(meant.map(({ id }) => id));
	}

	/** A browser that keeps nothing, or nothing more: words then lie in the open page alone, as they would without all this. */
	async #orLeave<Value>(work: Promise<Value>): Promise<Value | undefined> {
		try {
			return await work;
		} catch (error) {
			if (!(error instanceof DOMException)) throw error;
			this.#keys = undefined;
			return undefined;
		}
	}
}

/** What a piece is bound to. */
function placeOf({ id, ownerId, document, writtenAtMs }: Omit<Piece, keyof Sealed>): string {
	return [id, ownerId, document, writtenAtMs].join(' ');
}

/** Thousands of updates at once take Yjs very long, fifties do not. */
function mergedInSteps(updates: readonly Uint8Array[]): Uint8Array {
	const FAN_IN = 50;
	if (updates.length <= FAN_IN) return Y.mergeUpdates([...updates]);
	const groups = Array.from({ length: Math.ceil(updates.length / FAN_IN) }, (_, index) =>
		Y.mergeUpdates(updates.slice(index * FAN_IN, (index + 1) * FAN_IN)),
	);
	return mergedInSteps(groups);
}
