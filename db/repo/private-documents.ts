import { and, eq } from 'drizzle-orm';
import type { CaseId, DocumentId, PersonId } from '../../domain/ids.ts';
import type { Executor } from '../client.ts';
import { boardDocument } from '../schema/documents.ts';
import { among } from './among.ts';

/** Whose drafts lie in which document of some cases. */
export async function privateDocumentsOf(
	tx: Executor,
	caseIds: readonly CaseId[],
): Promise<readonly { readonly id: DocumentId; readonly personId: PersonId }[]> {
	const rows = await tx
		.select({ id: boardDocument.id, personId: boardDocument.personId })
		.from(boardDocument)
		.where(and(among(boardDocument.caseId, caseIds), eq(boardDocument.kind, 'private')));
	return rows as { id: DocumentId; personId: PersonId }[]; // safe: checked by board_document_owner; ids are ours
}
