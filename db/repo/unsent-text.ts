import { and, eq, lt } from 'drizzle-orm';
import type { CaseId, PersonId, UnsentTextId } from '../../domain/ids.ts';
import type { Executor } from '../client.ts';
import { unsentText } from '../schema/documents.ts';

export interface UnsentText {
	readonly id: UnsentTextId;
	readonly caseId: CaseId;
	readonly authorId: PersonId;
	/** UTF-16 code units: all the lead gets to know. */
	readonly length: number;
	/** Sealed with the case's key. */
	readonly sealed: Buffer;
	readonly sealedAt: Date;
}

export async function insertUnsentText(tx: Executor, row: UnsentText): Promise<void> {
	await tx.insert(unsentText).values(row);
}

/** Only for its author: somebody else's is not found. */
export async function findUnsentText(tx: Executor, id: UnsentTextId, authorId: PersonId): Promise<UnsentText | undefined> {
	const [row] = await tx
		.select()
		.from(unsentText)
		.where(and(eq(unsentText.id, id), eq(unsentText.authorId, authorId)));
	return row && branded(row);
}

/** Returns how many were deleted. */
export async function deleteUnsentTextsBefore(tx: Executor, before: Date): Promise<number> {
	const deleted = await tx.delete(unsentText).where(lt(unsentText.sealedAt, before)).returning({ id: unsentText.id });
	return deleted.length;
}

function branded(row: typeof unsentText.$inferSelect): UnsentText {
	return { ...row, id: row.id as UnsentTextId, caseId: row.caseId as CaseId, authorId: row.authorId as PersonId }; // safe: written by us
}
