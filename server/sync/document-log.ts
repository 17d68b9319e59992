import type { DocName } from '../../board/doc-name.ts';
import type { DocumentId, PersonId } from '../../domain/ids.ts';

/** What the sync engine needs of the documents at rest; `server/log` is the real one, tests hold commits back with another. */
export interface DocumentLog {
	/** `undefined` when there is no such document. A document of another epoch than the name's is answered with 4410. */
	open(name: DocName): Promise<DocumentHandle | undefined>;
	load(documentId: DocumentId): Promise<LoadedDocument>;
	/** One transaction for all; rejects with an error carrying `fate` when it failed or nobody knows. */
	append(batch: readonly DocumentAppend[]): Promise<ReadonlyMap<DocumentId, number>>;
	checkpoint(documentId: DocumentId, stateV2: Uint8Array, seq: number): Promise<void>;
	saveProjection(documentId: DocumentId, seq: number, projection: unknown): Promise<void>;
}

export interface DocumentHandle {
	readonly documentId: DocumentId;
	/** The epoch the document has now. */
	readonly epoch: number;
}

export interface LoadedDocument {
	/** The newest checkpoint as a V2 update, and the updates after it as V1. */
	readonly checkpoint: Uint8Array | null;
	readonly updates: readonly Uint8Array[];
	/** The newest sequence in the log. */
	readonly seq: number;
	/** Who first used which Yjs client id; null for the server itself. */
	readonly clients: ReadonlyMap<number, PersonId | null>;
}

export interface DocumentAppend {
	readonly documentId: DocumentId;
	readonly updates: readonly LogUpdate[];
	readonly newClients: readonly ClientClaim[];
}

export interface LogUpdate {
	/** V1 update: exactly what it added to the document. */
	readonly bytes: Uint8Array;
	readonly personId: PersonId | null;
	readonly sessionId: string | null;
	readonly receivedAt: Date;
}

export interface ClientClaim {
	readonly clientId: number;
	readonly personId: PersonId | null;
}
