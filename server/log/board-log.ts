/** The documents at rest: what was accepted, in order, sealed with the key of its case. docs/guide/sync.md, "Storage". */
import type { DocName } from '../../board/doc-name.ts';
import { newId } from '../../board/new-id.ts';
import type { Projection } from '../../board/project.ts';
import { BOARD_SCHEMA_VERSION } from '../../board/schema.ts';
import { AppendFailed, appendUpdates, type SealedAppend, type SealedUpdate } from '../../db/append-updates.ts';
import { type Database, type Executor, transaction } from '../../db/client.ts';
import {
	clientsOf,
	type DocumentProjection,
	documentsBehind,
	findDocument,
	findDocumentById,
	shareDocument,
	replaceProjections,
	upsertProjections,
} from '../../db/repo/document.ts';
import type { MassDeletion } from '../../db/repo/mass-deletion.ts';
import type { CaseId, DataKeyId, DocumentId, PersonId } from '../../domain/ids.ts';
import { together } from '../crowd/together.ts';
import { type CaseKeys, KeyDestroyed } from './case-keys.ts';
import { storeCheckpoint } from './checkpoint.ts';
import { migrateStored } from './migrate-stored.ts';
import { ensureDocument, ensureDocuments } from './new-documents.ts';
import { updatePlace } from './places.ts';
import { currentProjection, type ProjectedDocument, sealProjection } from './projection.ts';
import { readLog } from './read-log.ts';
import type { LoggedDocument } from './replay.ts';
import { seal } from './seal.ts';

/** There is no such document, or no longer. */
export class DocumentGone extends Error {}

export interface DocumentHandle {
	readonly documentId: DocumentId;
	/** The epoch the document has now; a name of an older one is answered with 4410. */
	readonly epoch: number;
}

export interface LoadedDocument extends LoggedDocument {
	/** The newest sequence in the log. */
	readonly seq: number;
	/** The epoch it is of. */
	readonly epoch: number;
	/** Who first used which Yjs client id; null for the server itself. */
	readonly clients: ReadonlyMap<number, PersonId | null>;
}

export interface LogUpdate {
	/** V1 update. */
	readonly bytes: Uint8Array;
	/** Null for the server itself. */
	readonly personId: PersonId | null;
	readonly sessionId: string | null;
	readonly receivedAt: Date;
	/** Its author had deleted much of the document with it. */
	readonly massDeletion?: MassDeletion | undefined;
}

export interface DocumentAppend {
	readonly documentId: DocumentId;
	/** The one it was written in. */
	readonly epoch: number;
	readonly updates: readonly LogUpdate[];
	readonly newClients: readonly { readonly clientId: number; readonly personId: PersonId | null }[];
}

export interface CaughtUp {
	readonly projected: number;
	/** Erased, or broken at rest: an operator must be told of the latter. */
	readonly failed: readonly { readonly documentId: DocumentId; readonly error: unknown }[];
}

export interface BoardLog {
	/** Undefined when there is no such document. Makes a private one; who may have it was asked before. */
	open(name: DocName): Promise<DocumentHandle | undefined>;
	/** In the transaction that opened the case or the placement. */
	ensureDocuments(tx: Executor, caseId: CaseId): Promise<void>;
	/**
	 * In today's shape: an older document is migrated first. Waits for an append that is being committed, so it is
	 * never missed. @throws {DocumentGone}
	 */
	load(documentId: DocumentId): Promise<LoadedDocument>;
	/**
	 * One commit for all of it, each document once; resolves with the last sequence of each. A document that is gone or
	 * has a later epoch is missing in the answer: nothing of it was stored. @throws {AppendFailed} with the fate of everything
	 */
	append(batch: readonly DocumentAppend[]): Promise<ReadonlyMap<DocumentId, number>>;
	/** @throws {CheckpointDiffers} when `stateV2` is not what the log tells at `seq` */
	checkpoint(documentId: DocumentId, stateV2: Uint8Array, seq: number): Promise<void>;
	saveProjection(documentId: DocumentId, seq: number, projection: Projection): Promise<void>;
	/** The rows at the newest sequence, rebuilt from the log if they lag. Undefined when there is no such document. */
	readProjection(tx: Executor, documentId: DocumentId): Promise<ProjectedDocument | undefined>;
	/** Migrates what is of an older shape and projects what a crash left behind. Run at start; one document that cannot be read does not hold up the others. */
	projectBehind(): Promise<CaughtUp>;
}

const CATCH_UP_PAGE = 50;

/** Read models in one statement. */
const MOST_TOGETHER = 100;

export function createBoardLog(deps: { readonly db: Database; readonly keys: CaseKeys; readonly now: () => Date }): BoardLog {
	return new PostgresBoardLog(deps.db, deps.keys, deps.now);
}

class PostgresBoardLog implements BoardLog {
	readonly #db: Database;
	readonly #keys: CaseKeys;
	readonly #now: () => Date;
	readonly #keyIds = new Map<DocumentId, DataKeyId>();
	/** Those of all rooms that are due in one tick: one commit. */
	readonly #replaceTogether: (row: DocumentProjection) => Promise<boolean>;

	constructor(db: Database, keys: CaseKeys, now: () => Date) {
		this.#db = db;
		this.#keys = keys;
		this.#now = now;
		this.#replaceTogether = together(MOST_TOGETHER, async (rows: readonly DocumentProjection[]) => {
			const replaced = await replaceProjections(db.orm, newestOfEach(rows), now());
			return rows.map(({ documentId }) => replaced.has(documentId));
		});
	}

	async open({ caseId, compartment }: DocName): Promise<DocumentHandle | undefined> {
		const { orm } = this.#db;
		let document = await findDocument(orm, caseId, compartment);
		if (!document && compartment.kind === 'private') {
			await transaction(this.#db, (tx) => ensureDocument(tx, this.#keys, caseId, compartment, this.#now()));
			document = await findDocument(orm, caseId, compartment);
		}
		return document && { documentId: document.id, epoch: document.epoch };
	}

	ensureDocuments(tx: Executor, caseId: CaseId): Promise<void> {
		return ensureDocuments(tx, this.#keys, caseId, this.#now());
	}

	load(documentId: DocumentId): Promise<LoadedDocument> {
		return transaction(this.#db, async (tx) => {
			const found = await findDocumentById(tx, documentId);
			const document = found && (await migrateStored(tx, this.#keys, found, this.#now()));
			const now = document && (await shareDocument(tx, documentId));
			if (!now) throw new DocumentGone(documentId);
			const key = await this.#keyOf(tx, documentId);
			return { ...(await readLog(tx, key, documentId, now.seq)), ...now, clients: await clientsOf(tx, documentId) };
		});
	}

	async append(batch: readonly DocumentAppend[]): Promise<ReadonlyMap<DocumentId, number>> {
		const sealed: SealedAppend[] = [];
		for (const { documentId, updates, ...append } of batch) {
			const key = await this.#keyUnlessGone(documentId);
			if (key) sealed.push({ ...append, documentId, updates: updates.map((update) => sealedUpdate(key, documentId, update)) });
		}
		return sealed.length > 0 ? appendUpdates(this.#db, sealed) : new Map();
	}

	async checkpoint(documentId: DocumentId, stateV2: Uint8Array, seq: number): Promise<void> {
		const at = this.#now();
		await transaction(this.#db, async (tx) => {
			// An erasure that is being committed ends first, and then there is nothing to compact.
			await shareDocument(tx, documentId);
			if (!(await findDocumentById(tx, documentId))) throw new DocumentGone(documentId);
			const key = await this.#keyOf(tx, documentId);
			await storeCheckpoint(tx, key, { documentId, seq, state: stateV2, at });
		});
	}

	async saveProjection(documentId: DocumentId, seq: number, projection: Projection): Promise<void> {
		const key = await this.#keyOf(this.#db.orm, documentId);
		const sealed = sealProjection(key, documentId, seq, projection);
		const row = { documentId, seq, sealed };
		// What could not be saved with the others, whatever the reason, is saved or fails by itself.
		if (!(await this.#replaceTogether(row).catch(() => false))) await upsertProjections(this.#db.orm, [row], this.#now());
	}

	async readProjection(tx: Executor, documentId: DocumentId): Promise<ProjectedDocument | undefined> {
		const document = await findDocumentById(tx, documentId);
		return document && currentProjection(tx, this.#keys, document, this.#now);
	}

	async projectBehind(): Promise<CaughtUp> {
		const failed: { documentId: DocumentId; error: unknown }[] = [];
		let projected = 0;
		let page: readonly DocumentId[] = [];
		do {
			page = await documentsBehind(this.#db.orm, BOARD_SCHEMA_VERSION, page.at(-1), CATCH_UP_PAGE);
			for (const documentId of page) {
				await this.readProjection(this.#db.orm, documentId).then(
					() => projected++,
					(error: unknown) => failed.push({ documentId, error }),
				);
			}
		} while (page.length === CATCH_UP_PAGE);
		return { projected, failed };
	}

	/** A document never changes its key, so only the first question reaches the database. */
	async #keyOf(tx: Executor, documentId: DocumentId): Promise<Buffer> {
		const dataKeyId = this.#keyIds.get(documentId) ?? (await findDocumentById(tx, documentId))?.dataKeyId;
		if (!dataKeyId) throw new DocumentGone(documentId);
		this.#keyIds.set(documentId, dataKeyId);
		return this.#keys.open(tx, dataKeyId);
	}

	async #keyUnlessGone(documentId: DocumentId): Promise<Buffer | undefined> {
		try {
			return await this.#keyOf(this.#db.orm, documentId);
		} catch (error) {
			if (error instanceof DocumentGone || error instanceof KeyDestroyed) return undefined;
			throw new AppendFailed('not-stored', [], error);
		}
	}
}

function sealedUpdate(key: Uint8Array, documentId: DocumentId, { bytes, massDeletion, ...update }: LogUpdate): SealedUpdate {
	const rowId = newId<string>(update.receivedAt.getTime());
	return { rowId, ...update, massDeletion, sealed: seal(key, bytes, updatePlace(documentId, rowId)) };
}

/** Two rooms of one document, where its epoch has just ended. */
function newestOfEach(rows: readonly DocumentProjection[]): readonly DocumentProjection[] {
	const newest = new Map<DocumentId, DocumentProjection>();
	for (const row of rows) if (row.seq >= (newest.get(row.documentId)?.seq ?? 0)) newest.set(row.documentId, row);
	return [...newest.values()];
}
