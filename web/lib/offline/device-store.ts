import type { PersonId } from '../../../domain/ids.ts';
import type { Sealed } from './sealing.ts';

/** What somebody wrote within a moment in one document, and the server has not stored yet. */
export interface Piece extends Sealed {
	readonly id: string;
	/** The page it was written on; whoever is to send it must know that this one has ended (page-claims.ts). */
	readonly page: string;
	readonly ownerId: PersonId;
	/** The document's name; it stands in the browser's history too. */
	readonly document: string;
	/** By this device's clock. */
	readonly writtenAtMs: number;
}

/** Where pieces lie on the device. */
export interface DeviceStore {
	/** @param replaced pieces that go in the same step: both or neither */
	put(piece: Piece, replaced: readonly string[]): Promise<void>;
	all(): Promise<readonly Piece[]>;
	delete(ids: readonly string[]): Promise<void>;
}

const DATABASE = 'faellestavlen';
const PIECES = 'unsent';

/** Rejects with a `DOMException` where the browser has no room or no wish to keep anything. */
export class IndexedStore implements DeviceStore {
	#database: Promise<IDBDatabase> | undefined;
	readonly #onwiped: () => void;

	/** @param onwiped somebody signed out in this browser: everything is gone, and nothing is to be put there again */
	constructor(onwiped: () => void) {
		this.#onwiped = onwiped;
	}

	async put(piece: Piece, replaced: readonly string[]): Promise<void> {
		const pieces = await this.#pieces('readwrite');
		await Promise.all([done(pieces.put(piece)), ...replaced.map((id) => done(pieces.delete(id)))]);
	}

	async all(): Promise<readonly Piece[]> {
		const pieces = await this.#pieces('readonly');
		return (await done(pieces.getAll())) as Piece[]; // safe: nobody else writes there
	}

	async delete(ids: readonly string[]): Promise<void> {
		if (ids.length === 0) return;
		const pieces = await this.#pieces('readwrite');
		await Promise.all(ids.map((id) => done(pieces.delete(id))));
	}

	async #pieces(mode: IDBTransactionMode): Promise<IDBObjectStore> {
		this.#database ??= this.#open();
		return (await this.#database).transaction(PIECES, mode).objectStore(PIECES);
	}

	async #open(): Promise<IDBDatabase> {
		const request = indexedDB.open(DATABASE, 1);
		request.onupgradeneeded = () => request.result.createObjectStore(PIECES, { keyPath: 'id' });
		const database = await done(request);
		database.onclose = () => {
			this.#database = undefined;
			this.#onwiped();
		};
		return database;
	}
}

function done<Result>(request: IDBRequest<Result>): Promise<Result> {
	return new Promise((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error ?? new DOMException('IndexedDB'));
	});
}
