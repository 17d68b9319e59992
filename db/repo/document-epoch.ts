import { and, asc, between, eq, lte, max } from 'drizzle-orm';
import type { DocumentId, PersonId } from '../../domain/ids.ts';
import type { Executor } from '../client.ts';
import { boardDocument, boardEpoch, boardUpdate } from '../schema/documents.ts';

/** The first sequence of the epoch another lies in. */
export async function epochBegin(tx: Executor, id: DocumentId, seq: number): Promise<number> {
	const upTo = and(eq(boardEpoch.documentId, id), lte(boardEpoch.firstSeq, seq));
	const [row] = await tx
		.select({ first: max(boardEpoch.firstSeq) })
		.from(boardEpoch)
		.where(upTo);
	return row?.first ?? 1;
}

export interface NewEpoch {
	readonly documentId: DocumentId;
	readonly epoch: number;
	readonly firstSeq: number;
	/** The sequence the document was taken back to. */
	readonly restoredTo: number;
	/** Null for the system itself. */
	readonly restoredBy: PersonId | null;
	readonly restoredAt: Date;
}

/** Ends the epoch a document has; the document is locked by this transaction. */
export async function beginEpoch(tx: Executor, row: NewEpoch): Promise<void> {
	const { documentId, epoch } = row;
	await tx.insert(boardEpoch).values(row);
	await tx.update(boardDocument).set({ epoch }).where(eq(boardDocument.id, documentId));
}

export interface EpochStart {
	readonly firstSeq: number;
	/** When what the document was taken back to was written. */
	readonly backTo: Date;
}

/** When a row of the log was written. */
export async function writtenAt(tx: Executor, id: DocumentId, seq: number): Promise<Date | undefined> {
	const at = and(eq(boardUpdate.documentId, id), eq(boardUpdate.seq, seq));
	const [row] = await tx.select({ at: boardUpdate.receivedAt }).from(boardUpdate).where(at);
	return row?.at;
}

/** The epochs that begin between two sequences, both included, oldest first. */
export async function epochsBetween(tx: Executor, id: DocumentId, from: number, until: number): Promise<readonly EpochStart[]> {
	const target = and(eq(boardUpdate.documentId, boardEpoch.documentId), eq(boardUpdate.seq, boardEpoch.restoredTo));
	return tx
		.select({ firstSeq: boardEpoch.firstSeq, backTo: boardUpdate.receivedAt })
		.from(boardEpoch)
		.innerJoin(boardUpdate, target)
		.where(and(eq(boardEpoch.documentId, id), between(boardEpoch.firstSeq, from, until)))
		.orderBy(asc(boardEpoch.firstSeq));
}
