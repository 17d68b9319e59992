import { parseDocName } from '../../../board/doc-name.ts';
import { newId } from '../../../board/new-id.ts';
import type { CaseId, PersonId, PlacementId } from '../../../domain/ids.ts';
import type { OfflineKeys } from '../../../server/api/case-board.ts';
import type { Answer } from '../api/ask.ts';
import type { DeviceStore, Piece } from './device-store.ts';
import type { FoundText } from './found-texts.ts';
import { PageClaims } from './page-claims.ts';
import { SealingKeys, type Sealed } from './sealing.ts';
import { sweep } from './sweep.ts';
import { UnsentLog, type Keeper } from './unsent-log.ts';
import { decodeWritten, encodeWritten, mergeWritten, type Written } from './written.ts';

export interface OfflineTextOptions {
	readonly caseId: CaseId;
	readonly ownerId: PersonId;
	readonly keys: () => Promise<Answer<OfflineKeys>>;
	/** By this device's clock. */
	readonly nowMs: () => number;
	/** Whether this page is to do something about words in a document; others lie there for pages that show theirs. */
	readonly isMeant: (document: string) => boolean;
	/** Told of each piece once, and only when there is something. */
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
	readonly #page = newId<string>();
	readonly #claims = new PageClaims();
	/** What is this page's to send: by claim, what it writes and what it took over. */
	readonly #mine = new Set<string>();
	/** Pieces this page was told of; what became of them is decided. */
	readonly #told = new Set<string>();
	#keys: SealingKeys | undefined;
	#looked = false;
	#isLeft = false;
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

	/** The page is being left: nothing is looked for any more, and what is its to send is nobody else's until it stops. */
	close(): void {
		this.#rest();
		this.#isLeft = true;
	}

	/** The page is left; what waits is still written, for the next one. */
	stop(): void {
		this.close();
		this.#claims.leave();
	}

	/** Nobody is signed in here: what lies on the device stays as it is, unreadable, and nothing is added. */
	pause(): void {
		this.#turn++;
		this.#keys = undefined;
		this.#rest();
	}

	logOf(document: string): UnsentLog {
		const log = new UnsentLog(document, this);
		this.#logs.add(log);
		return log;
	}

	/** Access ended: nothing of the case is to lie here, whatever page it is of. */
	wipe(): Promise<void> {
		this.pause();
		return this.#remove([...this.#logs], ({ document }) => parseDocName(document)?.caseId === this.#options.caseId);
	}

	/** Access to a placement ended: nothing of it is to lie here; of the rest of the case nothing is known yet. */
	wipePlacement(placementId: PlacementId): Promise<void> {
		const isOfIt = ({ document }: { readonly document: string }) => placementOf(document) === placementId;
		return this.#remove([...this.#logs].filter(isOfIt), isOfIt);
	}

	/** What is this page's to send is kept elsewhere. */
	forget(): Promise<void> {
		this.pause();
		return this.#remove([...this.#logs], (piece) => this.#mine.has(claimOf(piece)));
	}

	/** Another page may have ended by now. Not while nobody is signed in here, nor when this page is left. */
	askNow(): void {
		if (this.#timer !== undefined) void this.ask();
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

	async keep(document: string, written: Written, replaced: readonly string[]): Promise<string | undefined> {
		const turn = this.#turn;
		const [page, ownerId, writtenAtMs] = [this.#page, this.#options.ownerId, this.#options.nowMs()];
		const about = { id: newId<string>(), page, ownerId, document, writtenAtMs };
		const sealed = await this.#keys?.seal(encodeWritten(written), placeOf(about));
		if (!sealed || (await this.#orLeave(this.#hold(document))) === undefined || turn !== this.#turn) return undefined;
		return this.#orLeave(this.#store.put({ ...about, ...sealed }, replaced).then(() => about.id));
	}

	async drop(ids: readonly string[]): Promise<void> {
		await this.#orLeave(this.#store.delete(ids));
	}

	async #remove(logs: readonly UnsentLog[], isMeant: (piece: Piece) => boolean): Promise<void> {
		await Promise.all(logs.map((log) => log.forget()));
		await this.#orLeave(this.#deleteAll(isMeant));
	}

	#rest(): void {
		clearInterval(this.#timer);
		this.#timer = undefined;
	}

	/** Before the first piece lies there: from then on no other page takes what this one writes in the document. */
	#hold(document: string): Promise<boolean> {
		const claim = claimOn(this.#page, document);
		this.#mine.add(claim);
		return this.#claims.claim(claim);
	}

	async #forbidden(): Promise<void> {
		this.#keys = undefined;
		await this.#orLeave(this.#deleteAll(() => true));
	}

	/** Just after an answer: with keys of earlier, words sealed since would not open. */
	async #look(keys: SealingKeys): Promise<void> {
		const turn = this.#turn;
		await sweep(this.#store, this.#options.ownerId, this.#options.nowMs);
		// Where nothing tells which pages are alive, what comes later is of pages that are open for all we know.
		if (this.#isLeft || (this.#looked && !this.#claims.areTold)) return;
		this.#looked = true;
		const pieces = await this.#claimed();
		const opened = await Promise.all(pieces.map(async (piece) => ({ piece, bytes: await keys.open(piece, placeOf(piece)) })));
		// Left or signed out meanwhile: nobody was told of it, and whoever looks next finds it.
		if (this.#isLeft || turn !== this.#turn) return;
		const fresh = opened.filter(({ piece }) => !this.#told.has(piece.id));
		for (const { piece } of fresh) {
			this.#told.add(piece.id);
			this.#mine.add(claimOf(piece));
		}
		const byDocument = Map.groupBy(fresh, ({ piece }) => piece.document);
		const found = [...byDocument].flatMap(([document, all]) => {
			const written = all.flatMap(({ bytes }) => (bytes ? decodeWritten(bytes) : []));
			const [ids, times] = [all.map(({ piece }) => piece.id), all.map(({ piece }) => piece.writtenAtMs)];
			if (written.length > 0) return { document, ids, ...mergeWritten(written), writtenAtMs: Math.max(...times) };
			void this.drop(ids);
			return [];
		});
		if (found.length > 0) this.#options.onfound(found);
	}

	/** What lies there of pages that have ended, and is ours to send from now on; what is written meanwhile is of pages that live. */
	async #claimed(): Promise<readonly Piece[]> {
		const { caseId, isMeant } = this.#options;
		const isOurs = ({ page, document }: Piece) =>
			page !== this.#page && parseDocName(document)?.caseId === caseId && isMeant(document);
		const claims = new Set((await this.#store.all()).filter(isOurs).map(claimOf));
		const won = await Promise.all([...claims].map(async (claim) => ((await this.#claims.claim(claim)) ? claim : [])));
		// Again: what its page had got rid of before it ended is nobody's to send.
		return (await this.#store.all()).filter((piece) => won.flat().includes(claimOf(piece)));
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

function placementOf(document: string): PlacementId | undefined {
	const compartment = parseDocName(document)?.compartment;
	return compartment?.kind === 'placement' ? compartment.placementId : undefined;
}

/** What a piece is bound to. */
function placeOf({ id, page, ownerId, document, writtenAtMs }: Omit<Piece, keyof Sealed>): string {
	return [id, page, ownerId, document, writtenAtMs].join(' ');
}

const claimOf = ({ page, document }: Piece): string => claimOn(page, document);

/** Whoever holds it sends what a page wrote in a document, or did. */
function claimOn(page: string, document: string): string {
	return `${page} ${document}`;
}
