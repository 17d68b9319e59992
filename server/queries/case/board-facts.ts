import type { Executor } from '../../../db/client.ts';
import { loadCaseSurroundings, type CaseSurroundings } from '../../../db/repo/case-surroundings.ts';
import type { StoredDocumentRow } from '../../../db/repo/document-read.ts';
import type { CaseId, DocumentId, PersonId } from '../../../domain/ids.ts';
import type { TemplateContent } from '../../../domain/programme/template.ts';
import type { QueryContext } from '../query-context.ts';
import { openCase, type OpenedCase } from './case-header.ts';
import { loadDocuments, readableAmong } from './documents.ts';
import { loadOpenedStream, type OpenedObservation } from './observations.ts';
import { currentRows, type ProjectedRows } from './projections.ts';
import { audienceFor, loadReaders, type Reader } from './reader.ts';
import { loadTemplate } from './template-contents.ts';

/**
 * What boards of one case are made of. Documents and observations are only those that somebody who asks may read; what
 * surrounds the case (coordinators, granted people, unsent texts, the last meeting) is all there is. `viewBoard` shows each
 * reader their part, so nothing of this may be sent as it stands.
 */
export interface BoardFacts {
	/** Everybody who may see anything of the case. */
	readonly everybody: readonly Reader[];
	readonly opened: OpenedCase;
	readonly template: TemplateContent;
	readonly documents: readonly StoredDocumentRow[];
	readonly rows: ReadonlyMap<DocumentId, ProjectedRows>;
	readonly stream: readonly OpenedObservation[];
	readonly surroundings: CaseSurroundings;
}

/** Undefined when none of those who ask may know of the case. */
export async function loadBoardFacts(
	ctx: Pick<QueryContext, 'keys' | 'log'>,
	tx: Executor,
	caseId: CaseId,
	askers: readonly PersonId[],
	at: Date,
): Promise<BoardFacts | undefined> {
	const everybody = await loadReaders(tx, caseId, at);
	const readers = askers.flatMap((personId) => audienceFor(everybody, personId)?.me ?? []);
	const opened = readers.length > 0 ? await openCase(ctx, tx, caseId) : undefined;
	if (!opened) return undefined;
	const readerIds = readers.map(({ actor }) => actor.personId);
	const documents = await loadDocuments(ctx, tx, [caseId], readerIds);
	const rows = new Map<DocumentId, ProjectedRows>();
	for (const stored of readableBy(documents, readers)) {
		rows.set(stored.id, await currentRows(ctx, tx, stored, opened.caseKey, at)); // in turn: a transaction is one connection
	}
	return {
		everybody,
		opened,
		template: await loadTemplate(tx, opened.row.templateVersionId),
		documents,
		rows,
		stream: await loadOpenedStream(tx, readers, opened.caseKey),
		surroundings: await loadCaseSurroundings(tx, caseId, readerIds),
	};
}

function readableBy(documents: readonly StoredDocumentRow[], readers: readonly Reader[]): ReadonlySet<StoredDocumentRow> {
	return new Set(readers.flatMap((me) => readableAmong(documents, me).flatMap(({ stored }) => stored ?? [])));
}
