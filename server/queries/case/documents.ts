import { formatDocName } from '../../../board/doc-name.ts';
import { BOARD_SCHEMA_VERSION } from '../../../board/schema.ts';
import type { Executor } from '../../../db/client.ts';
import { compartmentOf } from '../../../db/repo/document.ts';
import { loadStoredDocuments, type StoredDocumentRow } from '../../../db/repo/document-read.ts';
import type { DocumentCompartment } from '../../../domain/compartments.ts';
import type { CaseId, PersonId } from '../../../domain/ids.ts';
import { mayRead, mayWrite } from '../../../domain/policy.ts';
import type { QueryContext } from '../query-context.ts';
import type { DocumentReference } from './case-board.ts';
import type { Reader } from './reader.ts';

/** A document its reader may open, with what is stored of it; null where nobody has opened it yet. */
export interface ReadableDocument {
	readonly compartment: DocumentCompartment;
	readonly name: string;
	readonly access: 'read' | 'write';
	readonly stored: StoredDocumentRow | null;
}

/** The documents of a case its reader may open: one's own drafts are named before they exist, opening them makes them. */
export async function loadReadableDocuments(ctx: QueryContext, tx: Executor, me: Reader): Promise<ReadableDocument[]> {
	return readableAmong(await loadDocuments(ctx, tx, [me.facts.caseId], [me.actor.personId]), me);
}

/** The stored documents of the cases, the readers' own drafts among them. Those of an older shape are brought to today's first. */
export async function loadDocuments(
	{ log }: Pick<QueryContext, 'log'>,
	tx: Executor,
	caseIds: readonly CaseId[],
	readerIds: readonly PersonId[],
): Promise<readonly StoredDocumentRow[]> {
	const load = () => loadStoredDocuments(tx, caseIds, readerIds);
	const rows = await load();
	const older = rows.filter(({ schemaVersion }) => schemaVersion < BOARD_SCHEMA_VERSION);
	for (const { id } of older) await log.readProjection(tx, id);
	return older.length > 0 ? load() : rows;
}

export function readableAmong(rows: readonly StoredDocumentRow[], me: Reader): ReadableDocument[] {
	const { actor, facts, reach } = me;
	const found = rows.filter((row) => row.caseId === facts.caseId && mayRead(actor, reach, compartmentOf(row)));
	const drafts = { kind: 'private', personId: actor.personId } as const;
	const documents = found.map((row) => readable(me, compartmentOf(row), row));
	const hasDrafts = found.some(({ kind }) => kind === 'private') || !mayRead(actor, reach, drafts);
	return hasDrafts ? documents : [...documents, readable(me, drafts, null)];
}

function readable(
	{ actor, facts, reach }: Reader,
	compartment: DocumentCompartment,
	stored: StoredDocumentRow | null,
): ReadableDocument {
	return {
		compartment,
		name: nameOf(facts.caseId, compartment, stored),
		access: mayWrite(actor, facts, reach, compartment) ? 'write' : 'read',
		stored,
	};
}

const FIRST_EPOCH = 1;

function nameOf(caseId: CaseId, compartment: DocumentCompartment, stored: StoredDocumentRow | null): string {
	return formatDocName({ caseId, compartment, epoch: stored?.epoch ?? FIRST_EPOCH });
}

export function referenceTo({ compartment, name, access }: ReadableDocument): DocumentReference {
	return { compartment: compartment.kind, name, access };
}
