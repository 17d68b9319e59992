import { and, eq, isNotNull, sql } from 'drizzle-orm';
import type { CaseId, PlacementId } from '../../domain/ids.ts';
import type { Executor } from '../client.ts';
import { boardDocument, boardUpdate } from '../schema/documents.ts';
import { among } from './among.ts';

/** When somebody last wrote in a document that more than one person reads. */
export interface LastWriteRow {
	readonly caseId: CaseId;
	readonly kind: 'team' | 'placement';
	readonly placementId: PlacementId | null;
	readonly at: Date;
}

/** The server's own updates are no words. */
export async function loadLastWrites(tx: Executor, caseIds: readonly CaseId[]): Promise<LastWriteRow[]> {
	const rows = await tx
		.select({
			caseId: boardDocument.caseId,
			kind: boardDocument.kind,
			placementId: boardDocument.placementId,
			at: boardUpdate.receivedAt,
		})
		.from(boardDocument)
		.innerJoin(boardUpdate, and(eq(boardUpdate.documentId, boardDocument.id), eq(boardUpdate.seq, boardDocument.seq)))
		.where(and(among(boardDocument.caseId, caseIds), sql`${boardDocument.kind} <> 'private'`, isNotNull(boardUpdate.personId)));
	return rows as LastWriteRow[]; // safe: ids are ours
}
