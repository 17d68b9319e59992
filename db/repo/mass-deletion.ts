import { and, asc, eq, gt, gte, inArray, isNotNull, isNull, notExists, sql } from 'drizzle-orm';
import type { DocumentId, PersonId } from '../../domain/ids.ts';
import type { Executor } from '../client.ts';
import { boardEpoch, boardMassDeletion, boardUpdate } from '../schema/documents.ts';

/** What one person deleted of a document within a short span. */
export interface MassDeletion {
	/** The newest sequence before the span. */
	readonly sinceSeq: number;
	/** Letters and choices that stood when it began or that others wrote since, and how many of them this person deleted. */
	readonly stood: number;
	readonly deleted: number;
}

export interface MassDeletionRow extends MassDeletion {
	readonly documentId: DocumentId;
	/** The update that made it much. */
	readonly seq: number;
	readonly personId: PersonId;
	readonly at: Date;
}

/** Those that nobody has dismissed and that still stand: a restore by a person since has taken care of the others. Newest last. */
export async function loadMassDeletions(
	tx: Executor,
	documentIds: readonly DocumentId[],
	since: Date,
): Promise<readonly MassDeletionRow[]> {
	const { documentId, seq, sinceSeq, stood, deleted, dismissedAt } = boardMassDeletion;
	const restoredSince = tx
		.select({ one: sql`1` })
		.from(boardEpoch)
		.where(and(eq(boardEpoch.documentId, documentId), gt(boardEpoch.firstSeq, seq), isNotNull(boardEpoch.restoredBy)));
	const rows = await tx
		.select({ documentId, seq, sinceSeq, stood, deleted, personId: boardUpdate.personId, at: boardUpdate.receivedAt })
		.from(boardMassDeletion)
		.innerJoin(boardUpdate, and(eq(boardUpdate.documentId, documentId), eq(boardUpdate.seq, seq)))
		.where(
			and(
				inArray(documentId, [...documentIds]),
				isNull(dismissedAt),
				gte(boardUpdate.receivedAt, since),
				notExists(restoredSince),
			),
		)
		.orderBy(asc(boardUpdate.receivedAt));
	return rows as MassDeletionRow[]; // safe: ids are ours, and the server itself deletes nothing
}

/** False when there is none that waits for somebody to look. */
export async function dismissMassDeletion(
	tx: Executor,
	documentId: DocumentId,
	seq: number,
	by: PersonId,
	at: Date,
): Promise<boolean> {
	const waiting = and(
		eq(boardMassDeletion.documentId, documentId),
		eq(boardMassDeletion.seq, seq),
		isNull(boardMassDeletion.dismissedAt),
	);
	const dismissed = await tx
		.update(boardMassDeletion)
		.set({ dismissedBy: by, dismissedAt: at })
		.where(waiting)
		.returning({ seq: boardMassDeletion.seq });
	return dismissed.length > 0;
}
