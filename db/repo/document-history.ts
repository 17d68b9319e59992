import { and, asc, eq, gte, lt, lte, gt, max, min } from 'drizzle-orm';
import type { DocumentId, PersonId } from '../../domain/ids.ts';
import type { Executor } from '../client.ts';
import { boardUpdate } from '../schema/documents.ts';

/** The sequences of what was written in a stretch of time; undefined when nothing was. */
export interface WrittenSpan {
	readonly first: number;
	readonly last: number;
}

/** @param until not included */
export async function spanWritten(tx: Executor, id: DocumentId, from: Date, until: Date): Promise<WrittenSpan | undefined> {
	const [row] = await tx
		.select({ first: min(boardUpdate.seq), last: max(boardUpdate.seq) })
		.from(boardUpdate)
		.where(and(eq(boardUpdate.documentId, id), gte(boardUpdate.receivedAt, from), lt(boardUpdate.receivedAt, until)));
	return row && row.first !== null && row.last !== null ? { first: row.first, last: row.last } : undefined;
}

/** When a document's log begins. */
export async function firstWritten(tx: Executor, id: DocumentId): Promise<Date | undefined> {
	const first = tx.select({ at: boardUpdate.receivedAt }).from(boardUpdate).where(eq(boardUpdate.documentId, id));
	const [row] = await first.orderBy(asc(boardUpdate.seq)).limit(1);
	return row?.at;
}

export interface AuthoredUpdate {
	readonly seq: number;
	readonly rowId: string;
	/** Null for the server itself. */
	readonly personId: PersonId | null;
	readonly receivedAt: Date;
	readonly sealed: Buffer;
}

/** Log rows after one sequence up to another, oldest first, with who wrote them. */
export async function authoredBetween(
	tx: Executor,
	id: DocumentId,
	after: number,
	until: number,
): Promise<readonly AuthoredUpdate[]> {
	const { seq, rowId, personId, receivedAt, sealed } = boardUpdate;
	const rows = await tx
		.select({ seq, rowId, personId, receivedAt, sealed })
		.from(boardUpdate)
		.where(and(eq(boardUpdate.documentId, id), gt(seq, after), lte(seq, until)))
		.orderBy(asc(seq));
	return rows as AuthoredUpdate[]; // safe: written by us
}
