/** The documents of a case that several people edit: the team's and the placements', nobody's drafts. */
import { asc, and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { CaseId, DataKeyId, DocumentId, PersonId, PlacementId } from '../../domain/ids.ts';
import type { Executor } from '../client.ts';
import { citizenCase } from '../schema/cases.ts';
import { boardDocument, boardUpdate } from '../schema/documents.ts';
import { among } from './among.ts';

export interface SharedDocumentRow {
	readonly id: DocumentId;
	readonly caseId: CaseId;
	/** Null for the team's. */
	readonly placementId: PlacementId | null;
	/** The newest sequence in the log. */
	readonly seq: number;
	readonly dataKeyId: DataKeyId;
}

/** Locks them in the order appends lock them, so that neither waits for the other for ever. */
export async function lockSharedDocuments(tx: Executor, caseIds: readonly CaseId[]): Promise<readonly SharedDocumentRow[]> {
	const { id, caseId, placementId, seq } = boardDocument;
	const rows = await tx
		.select({ id, caseId, placementId, seq, dataKeyId: citizenCase.dataKeyId })
		.from(boardDocument)
		.innerJoin(citizenCase, eq(citizenCase.id, caseId))
		.where(and(among(caseId, caseIds), inArray(boardDocument.kind, ['team', 'placement']), isNull(citizenCase.erasedAt)))
		.orderBy(asc(id))
		.for('update', { of: boardDocument });
	return rows as SharedDocumentRow[]; // safe: ids are ours
}

/** Who wrote in each document after a sequence of it; the server's own updates are nobody's. */
export async function writersAfter(
	tx: Executor,
	documents: readonly { readonly id: DocumentId; readonly seq: number }[],
): Promise<ReadonlyMap<DocumentId, readonly PersonId[]>> {
	const ids = documents.map(({ id }) => id);
	const after = documents.map(({ seq }) => seq);
	const since = sql`unnest(${sql.param(ids)}::uuid[], ${sql.param(after)}::bigint[]) as since(id, seq)`;
	const rows = await tx
		.selectDistinct({ documentId: boardUpdate.documentId, personId: boardUpdate.personId })
		.from(boardUpdate)
		.innerJoin(since, sql`since.id = ${boardUpdate.documentId} and since.seq < ${boardUpdate.seq}`)
		.where(sql`${boardUpdate.personId} is not null`);
	const writers = new Map<DocumentId, PersonId[]>();
	for (const { documentId, personId } of rows as { documentId: DocumentId; personId: PersonId }[]) {
		writers.set(documentId, [...(writers.get(documentId) ?? []), personId]);
	}
	return writers;
}
