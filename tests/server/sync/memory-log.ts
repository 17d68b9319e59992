import { setTimeout as sleep } from 'node:timers/promises';
import { formatDocName, type DocName } from '../../../board/doc-name.ts';
import type { MassDeletion } from '../../../db/repo/mass-deletion.ts';
import type { DocumentId, PersonId } from '../../../domain/ids.ts';
import { DocumentGone, type DocumentAppend, type DocumentHandle, type LoadedDocument } from '../../../server/log/board-log.ts';
import type { DocumentLog } from '../../../server/sync/document-log.ts';

interface Kept {
	readonly documentId: DocumentId;
	epoch: number;
	checkpoint: { state: Uint8Array; seq: number } | undefined;
	readonly rows: { seq: number; bytes: Uint8Array; personId: PersonId | null; massDeletion?: MassDeletion | undefined }[];
	readonly clients: Map<number, PersonId | null>;
	projection: { seq: number; rows: unknown } | undefined;
}

/** A log in memory that can hold COMMIT back, refuse, and lie about what it stored. */
export class MemoryLog implements DocumentLog {
	readonly #byName = new Map<string, Kept>();
	readonly #byId = new Map<DocumentId, Kept>();
	#gate: Promise<void> | undefined;
	#openGate: (() => void) | undefined;
	#failures: ('not-stored' | 'unknown')[] = [];
	loads = 0;
	failLoads = 0;
	/** How long a load takes, so that a crowd can gather. */
	loadMs = 0;
	appends = 0;

	/** Makes the document exist. */
	add(name: DocName, documentId: DocumentId): Kept {
		const kept: Kept = {
			documentId,
			epoch: name.epoch,
			checkpoint: undefined,
			rows: [],
			clients: new Map(),
			projection: undefined,
		};
		this.#byName.set(keyOf(name), kept);
		this.#byId.set(documentId, kept);
		return kept;
	}

	/** From now on there is no such document. */
	erase(documentId: DocumentId): void {
		this.#byId.delete(documentId);
		for (const [key, kept] of this.#byName) if (kept.documentId === documentId) this.#byName.delete(key);
	}

	/** COMMIT does not come before `letGo`. */
	holdCommits(): void {
		this.#gate = new Promise((resolve) => (this.#openGate = resolve));
	}

	letGo(): void {
		this.#openGate?.();
		this.#gate = undefined;
	}

	/** The next append fails; `unknown` stores it all the same. */
	failNext(...fates: ('not-stored' | 'unknown')[]): void {
		this.#failures.push(...fates);
	}

	forgetFailures(): void {
		this.#failures = [];
	}

	open = async (name: DocName): Promise<DocumentHandle | undefined> => {
		const kept = this.#byName.get(keyOf(name));
		return kept && { documentId: kept.documentId, epoch: kept.epoch };
	};

	load = async (documentId: DocumentId): Promise<LoadedDocument> => {
		this.loads++;
		await (this.loadMs > 0 ? sleep(this.loadMs) : new Promise((resolve) => setImmediate(resolve)));
		if (this.failLoads > 0) {
			this.failLoads--;
			throw new Error('the database does not answer');
		}
		const kept = this.kept(documentId);
		const after = kept.checkpoint?.seq ?? 0;
		return {
			checkpoint: kept.checkpoint?.state ?? null,
			updates: kept.rows.filter((row) => row.seq > after).map((row) => row.bytes),
			seq: kept.rows.at(-1)?.seq ?? after,
			epoch: kept.epoch,
			clients: new Map(kept.clients),
		};
	};

	append = async (batch: readonly DocumentAppend[]): Promise<ReadonlyMap<DocumentId, number>> => {
		this.appends++;
		const failure = this.#failures.shift();
		if (failure === 'not-stored') throw Object.assign(new Error('append failed'), { fate: failure });
		await new Promise((resolve) => setImmediate(resolve));
		await this.#gate;
		const seqs = new Map(
			batch.filter((one) => this.#byId.get(one.documentId)?.epoch === one.epoch).map((one) => [one.documentId, this.#store(one)]),
		);
		if (failure === 'unknown') throw Object.assign(new Error('connection lost during commit'), { fate: failure });
		return seqs;
	};

	checkpoint = async (documentId: DocumentId, state: Uint8Array, seq: number): Promise<void> => {
		this.kept(documentId).checkpoint = { state, seq };
	};

	saveProjection = async (documentId: DocumentId, seq: number, rows: unknown): Promise<void> => {
		this.kept(documentId).projection = { seq, rows };
	};

	kept(documentId: DocumentId): Kept {
		const kept = this.#byId.get(documentId);
		if (!kept) throw new DocumentGone(documentId);
		return kept;
	}

	#store({ documentId, updates, newClients }: DocumentAppend): number {
		const kept = this.kept(documentId);
		for (const { bytes, personId, massDeletion } of updates)
			kept.rows.push({ seq: (kept.rows.at(-1)?.seq ?? 0) + 1, bytes, personId, massDeletion });
		for (const { clientId, personId } of newClients) if (!kept.clients.has(clientId)) kept.clients.set(clientId, personId);
		return kept.rows.at(-1)?.seq ?? 0;
	}
}

/** Without the epoch: a document has one row, whatever epoch a name asks for. */
function keyOf(name: DocName): string {
	return formatDocName({ ...name, epoch: 1 });
}
