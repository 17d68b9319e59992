import { Awareness } from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { durableWebSocket } from '../../../board/durable-socket.ts';
import type { EditOrigin } from '../../../board/edit-origin.ts';
import type { Editor } from '../../../board/edit/editor.ts';
import { replaceText, textOf } from '../../../board/edit/text.ts';
import { FieldSaves } from '../../../board/field-saves.ts';
import { changedFields, changedParts, type BoardPart } from '../../../board/live.ts';
import { BOARD_SCHEMA_VERSION, type DocumentKind } from '../../../board/schema.ts';
import type { PersonId } from '../../../domain/ids.ts';
import type { FoundText } from '../offline/found-texts.ts';
import type { UnsentLog } from '../offline/unsent-log.ts';
import type { Edit } from './edit.ts';
import { Presence } from './presence.svelte.ts';

export interface SessionOptions {
	readonly kind: DocumentKind;
	/** The path under /sync/. */
	readonly name: string;
	readonly personId: PersonId;
	/** Milliseconds the server's clock is ahead of ours. */
	readonly aheadMs: () => number;
	/** Keeps on the device what is on its way; a page that only answers questions keeps nothing. */
	readonly log?: UnsentLog;
	/** Parts to read again: one's own at once, what comes from others at most once a frame. */
	readonly onparts: (parts: ReadonlySet<BoardPart>) => void;
	/** For the first time everything the server has is here. */
	readonly onready: () => void;
	/** Everything the server has is here, each time it is connected. */
	readonly onsynced?: () => void;
	/** The server ended it for good: a code of close-codes.ts. */
	readonly onclosed: (code: number) => void;
}

/** The stock client waits at most this long between tries, plus chance: not all come back at once. */
const MAX_BACKOFF_MS = 5_000;
const BACKOFF_SPREAD_MS = 5_000;
/** Keystrokes closer together than this are taken back in one step. */
const UNDO_STEP_MS = 600;
const REPLAY: EditOrigin = { source: 'replay' };

/** One connected document: the stock client, what is unsent, who else is there. Made in the browser only. */
export class DocumentSession {
	readonly doc = new Y.Doc();
	readonly presence: Presence;
	readonly #options: SessionOptions;
	readonly #provider: WebsocketProvider;
	readonly #saves = new FieldSaves();
	readonly #origin: Editor['origin'];
	#unsent = $state.raw<ReadonlySet<string>>(new Set());
	#ready = false;
	#parts = new Set<BoardPart>();
	#frame: number | undefined;
	#later: ReturnType<typeof setTimeout> | undefined;

	constructor(options: SessionOptions) {
		this.#options = options;
		this.#origin = { source: 'field', personId: options.personId };
		this.doc.on('afterTransaction', this.#after);
		// Before the provider sends it.
		this.doc.on('update', this.#written);
		const awareness = new Awareness(this.doc);
		this.presence = new Presence(awareness);
		this.#provider = new WebsocketProvider(`${location.origin.replace(/^http/, 'ws')}/sync`, options.name, this.doc, {
			awareness,
			// Whose page it is, and how old: the server checks both before it lets us in.
			params: { person: options.personId, schema: String(BOARD_SCHEMA_VERSION) },
			connect: false,
			disableBc: true,
			maxBackoffTime: MAX_BACKOFF_MS + Math.random() * BACKOFF_SPREAD_MS,
			WebSocketPolyfill: durableWebSocket(
				WebSocket,
				(event) => {
					this.#saves.saw(event);
					this.#count();
				},
				() => Date.now(),
			),
		});
		this.#provider.on('sync', (synced: boolean) => {
			if (!synced) return;
			if (!this.#ready) this.#becomeReady();
			options.onsynced?.();
		});
		this.#provider.on('closed', ({ code }: { code: number }) => options.onclosed(code));
	}

	get name(): string {
		return this.#options.name;
	}

	/** Connected, and with everything the server had then. */
	get synced(): boolean {
		return this.#provider.synced;
	}

	get editor(): Editor {
		return {
			personId: this.#options.personId,
			origin: this.#origin,
			at: new Date(Date.now() + this.#options.aheadMs()).toISOString(),
		};
	}

	/** Also tries again at once when the stock client is waiting, and resumes after a refusal. */
	connect(): void {
		this.#provider.wsUnsuccessfulReconnects = 0;
		this.#provider.connect();
	}

	connectIn(ms: number, connect: () => void): void {
		this.#later = setTimeout(connect, ms);
	}

	/** Stays away until `connect`; what is typed meanwhile waits. */
	disconnect(): void {
		this.#provider.disconnect();
	}

	/** Leaves a socket that has been silent since `sinceMs` for a new one: a dead line may look open for minutes. */
	reconnectIfSilent(sinceMs: number): void {
		if (this.#provider.wsconnected && this.#provider.wsLastMessageReceived >= sinceMs) return;
		this.#provider.disconnect();
		this.connect();
	}

	edit(edit: Edit): ReturnType<Edit> {
		return edit(this.doc, this.editor);
	}

	write(name: string, words: string): void {
		replaceText(this.doc, name, words, this.#origin);
	}

	/**
	 * Sends what was written on an earlier page.
	 *
	 * @returns false when it builds on what the server does not have: it was restored, or a piece is lost
	 */
	resend({ ids, update }: FoundText, onsent: () => void): boolean {
		if (leavesGap(this.doc, update)) return false;
		this.#options.log?.adopt(ids, onsent);
		Y.applyUpdate(this.doc, update, REPLAY);
		// The server had all of it: only its answer was lost.
		if (this.unsentCount === 0) void this.#options.log?.forget();
		return true;
	}

	/** Undo of one's own keystrokes in one text; whoever asks for it ends it. */
	undoOf(name: string): Y.UndoManager {
		return new Y.UndoManager(this.text(name), { trackedOrigins: new Set([this.#origin]), captureTimeout: UNDO_STEP_MS });
	}

	text(name: string): Y.Text {
		return this.doc.getText(name);
	}

	textOf(name: string): string {
		return textOf(this.doc, name);
	}

	isUnsent(field: string): boolean {
		return this.#unsent.has(field);
	}

	hasUnsentIn(prefix: string): boolean {
		return [...this.#unsent].some((field) => field.startsWith(prefix));
	}

	get unsentCount(): number {
		return this.#unsent.size;
	}

	/** Words in text fields only this device has. */
	get unsentTexts(): readonly string[] {
		return [...this.#unsent].filter((name) => this.#isText(name)).map((name) => this.textOf(name));
	}

	/** Choices, marks and places only this device has. */
	get unsentFields(): readonly string[] {
		return this.#choicesAmong([...this.#unsent]);
	}

	destroy(): void {
		clearTimeout(this.#later);
		if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
		this.#parts.clear();
		this.doc.off('afterTransaction', this.#after);
		this.doc.off('update', this.#written);
		this.presence.destroy();
		this.#provider.awareness.destroy();
		this.#provider.destroy();
		this.doc.destroy();
	}

	#isText(field: string): boolean {
		return this.doc.share.get(field) instanceof Y.Text;
	}

	#choicesAmong(fields: readonly string[]): readonly string[] {
		return fields.filter((field) => !this.#isText(field));
	}

	#becomeReady(): void {
		this.#ready = true;
		this.#options.onready();
	}

	readonly #after = (transaction: Y.Transaction): void => {
		if (transaction.local || transaction.origin === REPLAY) {
			for (const field of changedFields(this.#options.kind, transaction)) this.#saves.changed(field);
			this.#count();
		}
		if (!this.#ready) return;
		for (const part of changedParts(transaction)) this.#parts.add(part);
		if (!transaction.local) this.#frame ??= requestAnimationFrame(this.#tell);
		// Before the next key: a box that was ticked and unticked within a frame would go on showing what the browser drew.
		else if (this.#parts.size > 0) queueMicrotask(this.#tell);
	};

	/** What is replayed lies on the device already. */
	readonly #written = (update: Uint8Array, _origin: unknown, _doc: Y.Doc, transaction: Y.Transaction): void => {
		if (!transaction.local) return;
		this.#options.log?.add({ update, fields: this.#choicesAmong(changedFields(this.#options.kind, transaction)) });
	};

	readonly #tell = (): void => {
		if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
		this.#frame = undefined;
		if (this.#parts.size === 0) return;
		const parts = this.#parts;
		this.#parts = new Set();
		this.#options.onparts(parts);
	};

	#count(): void {
		const now = this.#saves.onMyDevice;
		if (now.length === this.#unsent.size && now.every((field) => this.#unsent.has(field))) return;
		this.#unsent = new Set(now);
		if (now.length === 0) void this.#options.log?.stored();
	}
}

function leavesGap(doc: Y.Doc, update: Uint8Array): boolean {
	const trial = new Y.Doc();
	Y.applyUpdate(trial, Y.encodeStateAsUpdate(doc));
	Y.applyUpdate(trial, update);
	const { pendingStructs, pendingDs } = trial.store;
	trial.destroy();
	return pendingStructs !== null || pendingDs !== null;
}
