import { CLOSE, START_OVER_CODES } from '../../../board/close-codes.ts';
import type { BoardPart } from '../../../board/live.ts';
import { wordsInUpdate } from '../../../board/words-in-update.ts';
import type { DocumentKind } from '../../../board/schema.ts';
import type { PersonId } from '../../../domain/ids.ts';
import { FoundTexts, type FoundText } from '../offline/found-texts.ts';
import type { OfflineText } from '../offline/offline-text.ts';
import type { UnsentLog } from '../offline/unsent-log.ts';
import { DocumentSession } from './document-session.svelte.ts';
import type { DocumentView, Unsent } from './document-view.svelte.ts';

/** One document of a page: how its view is filled, and what it is called on the wire now. */
export interface LiveDocument<Rows> {
	readonly kind: DocumentKind;
	readonly view: DocumentView<Rows>;
	readonly name: () => string | undefined;
	/** The rows again; `parts` are those that changed, undefined is all of them. */
	readonly read: (session: DocumentSession, parts: ReadonlySet<BoardPart> | undefined) => Rows;
}

export interface LiveDocumentsOptions {
	readonly personId: PersonId;
	readonly aheadMs: () => number;
	/** Keeps on the device what is not sent. */
	readonly offline: Pick<OfflineText, 'logOf'>;
	readonly onsignedout: () => void;
	/** Reading ended: these words were not sent. */
	readonly onwithdrawn: (words: readonly string[]) => void;
	/** A document must be opened anew, for the n-th time: this was not sent. Its name is asked for again afterwards. */
	readonly onstartover: (words: readonly string[], times: number) => Promise<void>;
	/**
	 * It is being opened anew, and this is to be kept otherwise.
	 *
	 * @param ended the kind of document whose epoch ended, if that is why
	 */
	readonly onstartedover: (lost: Lost, times: number, ended: DocumentKind | undefined) => void;
	/** It may only be read now, and this was not written. */
	readonly onreadonly: (lost: Lost) => void;
	readonly onoutdated: (words: readonly string[]) => void;
	/** What an earlier page wrote is with the team now. */
	readonly onresent: (text: FoundText) => void;
	/** It cannot be sent: its document may only be read now, or has lost what the words build on. */
	readonly onunsendable: (text: FoundText) => void;
	/** None of these documents is called so. */
	readonly onunplaced: (text: FoundText) => void;
}

/** What a document will not take, and where it lies on the device. */
export interface Lost extends Unsent {
	readonly pieces: readonly string[];
}

const TOO_FAST_PAUSE_MS = 5_000;

/** The connected documents of a page, and the one routine for every way the server ends one: docs/guide/sync.md, "Facts". */
export class LiveDocuments {
	readonly #options: LiveDocumentsOptions;
	readonly #documents: readonly LiveDocument<unknown>[];
	readonly #sessions = new Map<LiveDocument<unknown>, DocumentSession>();
	readonly #logs = new Map<LiveDocument<unknown>, UnsentLog>();
	/** Of earlier pages, until their document has everything the server has. */
	readonly #found = new FoundTexts();
	#restarts = 0;
	#stopped = false;
	/** While nobody is signed in here no document connects: the cookie may be somebody else's. */
	#paused = false;

	constructor(documents: readonly LiveDocument<never>[], options: LiveDocumentsOptions) {
		this.#documents = documents as readonly LiveDocument<unknown>[];
		this.#options = options;
	}

	start(): void {
		for (const document of this.#documents) this.#open(document);
	}

	stop(): void {
		this.#stopped = true;
		for (const document of this.#documents) this.#close(document);
	}

	/** @param sinceMs sockets that have said nothing since then are left for new ones */
	reconnect(sinceMs: number): void {
		if (this.#paused) return;
		for (const session of this.#sessions.values()) session.reconnectIfSilent(sinceMs);
	}

	pause(): void {
		this.#paused = true;
		for (const session of this.#sessions.values()) session.disconnect();
	}

	/** After signing in again: the same documents, with everything that was typed meanwhile. */
	resume(): void {
		this.#paused = false;
		for (const session of this.#sessions.values()) session.connect();
	}

	/** Words of every document the server does not have. */
	unsentWords(): readonly string[] {
		const found = this.#found.all().flatMap(({ update }) => wordsInUpdate(update));
		return [...found, ...this.#documents.flatMap(({ view }) => view.unsentWords)];
	}

	/** Sends what an earlier page did not get to send, each in its document as soon as that is here. */
	resend(found: readonly FoundText[]): void {
		for (const text of found) {
			const document = this.#documents.find(({ name }) => name() === text.document);
			if (document) {
				this.#found.add(text);
				this.#resendIn(document);
			} else this.#options.onunplaced(text);
		}
	}

	/** Whether a document on this page is called so. */
	has(name: string): boolean {
		return this.#documents.some((document) => document.name() === name);
	}

	/** These pieces' words are written among the drafts next. They lie on the device until the drafts do. */
	becomeDrafts(pieces: readonly string[]): void {
		const drafts = this.#documents.find(({ kind }) => kind === 'private');
		if (drafts) this.#logs.get(drafts)?.replace(pieces);
	}

	#resendIn(document: LiveDocument<unknown>): void {
		const session = this.#sessions.get(document);
		// What they build on may have reached the server while this page was away.
		const text = session?.synced ? this.#found.take(session.name) : undefined;
		if (!session || !text) return;
		const isSent = document.view.writable && session.resend(text, () => this.#options.onresent(text));
		if (!isSent) this.#options.onunsendable(text);
	}

	#open(document: LiveDocument<unknown>): void {
		const name = document.name();
		if (name === undefined || this.#stopped) return;
		const log = this.#options.offline.logOf(name);
		const session: DocumentSession = new DocumentSession({
			kind: document.kind,
			name,
			personId: this.#options.personId,
			aheadMs: this.#options.aheadMs,
			log,
			onparts: (parts) => {
				document.view.rows = document.read(session, parts);
			},
			onready: () => {
				document.view.rows = document.read(session, undefined);
				document.view.attach(session);
				if (!document.view.writable && document.view.unsent > 0)
					this.#options.onreadonly({ ...document.view.giveUp(), pieces: log.letGo().replaced });
			},
			onsynced: () => this.#resendIn(document),
			onclosed: (code) => this.#closed(document, session, code),
		});
		this.#sessions.set(document, session);
		this.#logs.set(document, log);
		this.#connect(session);
	}

	#connect(session: DocumentSession): void {
		if (!this.#paused) session.connect();
	}

	#close(document: LiveDocument<unknown>): void {
		document.view.detach();
		this.#sessions.get(document)?.destroy();
		this.#sessions.delete(document);
	}

	#closed(document: LiveDocument<unknown>, session: DocumentSession, code: number): void {
		if (code === CLOSE.signedOut) this.#options.onsignedout();
		else if (code === CLOSE.tooFast) session.connectIn(TOO_FAST_PAUSE_MS, () => this.#connect(session));
		else if (code === CLOSE.clientTooOld) this.#options.onoutdated(this.unsentWords());
		else if (START_OVER_CODES.includes(code)) void this.#startOver(document, code);
		else this.#options.onwithdrawn(this.unsentWords());
	}

	async #startOver(document: LiveDocument<unknown>, code: number): Promise<void> {
		const unsent = document.view.giveUp();
		this.#close(document);
		const [log, times] = [this.#logs.get(document), this.#restarts++];
		await this.#options.onstartover(unsent.words, times);
		await log?.flush(); // what is on its way to the device lies there, and has a name
		const left = log?.letGo();
		this.#open(document);
		this.#logs.get(document)?.replace(left?.replaced ?? []);
		const lost = { ...unsent, pieces: left?.ids ?? [] };
		this.#options.onstartedover(lost, times, code === CLOSE.oldEpoch ? document.kind : undefined);
		this.resend(this.#found.takeAll());
	}
}
