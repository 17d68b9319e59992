import { and, asc, desc, eq, gt, gte, isNull, lte, sql, type SQL } from 'drizzle-orm';
import type { DocumentCompartment } from '../../domain/compartments.ts';
import type { CaseId, DataKeyId, DocumentId, PersonId, PlacementId } from '../../domain/ids.ts';
import { byteaArray, int8Array, uuidArray } from '../binary-array.ts';
import type { Executor } from '../client.ts';
import { citizenCase } from '../schema/cases.ts';
import { boardCheckpoint, boardClient, boardDocument, boardProjection, boardUpdate } from '../schema/documents.ts';
import { among } from './among.ts';

export interface BoardDocument {
	readonly id: DocumentId;
	readonly caseId: CaseId;
	readonly compartment: DocumentCompartment;
	readonly epoch: number;
	/** The newest sequence in the log. */
	readonly seq: number;
	/** The shape its log was last brought to. */
	readonly schemaVersion: number;
	/** The key of its case, which seals everything of it. */
	readonly dataKeyId: DataKeyId;
}

export interface NewDocument {
	readonly id: DocumentId;
	readonly caseId: CaseId;
	readonly compartment: DocumentCompartment;
	readonly createdAt: Date;
}

/** False when the case has this document already. */
export async function insertDocument(tx: Executor, { id, caseId, compartment, createdAt }: NewDocument): Promise<boolean> {
	const row = {
		id,
		caseId,
		createdAt,
		kind: compartment.kind,
		placementId: placementOf(compartment),
		personId: ownerOf(compartment),
	};
	const made = await tx.insert(boardDocument).values(row).onConflictDoNothing().returning({ id: boardDocument.id });
	return made.length > 0;
}

export async function findDocument(
	tx: Executor,
	caseId: CaseId,
	compartment: DocumentCompartment,
): Promise<BoardDocument | undefined> {
	const [row] = await documents(tx).where(and(eq(boardDocument.caseId, caseId), isOf(compartment)));
	return row && branded(row);
}

export async function findDocumentById(tx: Executor, id: DocumentId): Promise<BoardDocument | undefined> {
	const [row] = await documents(tx).where(eq(boardDocument.id, id));
	return row && branded(row);
}

/** All documents of a case, other people's private ones too; the caller drops what its reader may not read. */
export async function documentsOf(tx: Executor, caseId: CaseId): Promise<readonly BoardDocument[]> {
	const rows = await documents(tx).where(eq(boardDocument.caseId, caseId)).orderBy(asc(boardDocument.id));
	return rows.map(branded);
}

/** Of every case that is not erased, in the order of their ids. */
export async function livingDocuments(tx: Executor): Promise<readonly BoardDocument[]> {
	const rows = await documents(tx).orderBy(asc(boardDocument.id));
	return rows.map(branded);
}

/** Locks the row, so that no sequence is given out until the transaction ends, and returns the newest one. */
export async function lockDocument(tx: Executor, id: DocumentId): Promise<number | undefined> {
	const [row] = await tx.select({ seq: boardDocument.seq }).from(boardDocument).where(eq(boardDocument.id, id)).for('update');
	return row?.seq;
}

/** Waits until no append of this document is being committed, and keeps others away until the transaction ends. */
export async function shareDocument(
	tx: Executor,
	id: DocumentId,
): Promise<{ readonly seq: number; readonly epoch: number } | undefined> {
	const { seq, epoch } = boardDocument;
	const [row] = await tx.select({ seq, epoch }).from(boardDocument).where(eq(boardDocument.id, id)).for('share');
	return row;
}

export interface StoredUpdate {
	readonly seq: number;
	readonly rowId: string;
	readonly sealed: Buffer;
}

export interface LoneUpdate {
	readonly documentId: DocumentId;
	readonly seq: number;
	readonly rowId: string;
	/** The Yjs client id it was written under; nobody has written under it before. */
	readonly clientId: number;
	readonly sealed: Buffer;
	readonly receivedAt: Date;
	/** Whose edit it is; absent for the server's own. */
	readonly author?: { readonly personId: PersonId; readonly sessionId: string };
	/** Nobody may go on under its client id, its author neither. */
	readonly isNobodysClient?: boolean;
}

/** A row that did not come through a socket: it seeds a document, migrates it, or is a command's. The document is new, or locked by this transaction. */
export async function insertLoneUpdate(tx: Executor, { clientId, author, isNobodysClient, ...row }: LoneUpdate): Promise<void> {
	const { documentId, seq } = row;
	await tx.insert(boardUpdate).values({ ...row, ...author });
	await tx.insert(boardClient).values({ documentId, clientId, personId: isNobodysClient ? null : author?.personId });
	await tx.update(boardDocument).set({ seq }).where(eq(boardDocument.id, documentId));
}

/** Says which shape the log makes now; in the transaction of the row that made it so. */
export async function noteSchemaVersion(tx: Executor, id: DocumentId, schemaVersion: number): Promise<void> {
	await tx.update(boardDocument).set({ schemaVersion }).where(eq(boardDocument.id, id));
}

/** Log rows after one sequence up to another, oldest first. */
export async function updatesBetween(
	tx: Executor,
	id: DocumentId,
	after: number,
	until: number,
): Promise<readonly StoredUpdate[]> {
	const between = and(eq(boardUpdate.documentId, id), gt(boardUpdate.seq, after), lte(boardUpdate.seq, until));
	const columns = { seq: boardUpdate.seq, rowId: boardUpdate.rowId, sealed: boardUpdate.sealed };
	return tx.select(columns).from(boardUpdate).where(between).orderBy(asc(boardUpdate.seq));
}

export async function clientsOf(tx: Executor, id: DocumentId): Promise<ReadonlyMap<number, PersonId | null>> {
	const rows = await tx.select().from(boardClient).where(eq(boardClient.documentId, id));
	return new Map(rows.map((row) => [row.clientId, row.personId as PersonId | null])); // safe: written by us
}

export interface Checkpoint {
	readonly seq: number;
	readonly sealed: Buffer;
	readonly hash: Buffer;
}

/** The newest one from a sequence up to another. */
export async function newestCheckpoint(
	tx: Executor,
	id: DocumentId,
	from: number,
	until: number,
): Promise<Checkpoint | undefined> {
	const columns = { seq: boardCheckpoint.seq, sealed: boardCheckpoint.sealed, hash: boardCheckpoint.hash };
	const upTo = and(eq(boardCheckpoint.documentId, id), gte(boardCheckpoint.seq, from), lte(boardCheckpoint.seq, until));
	const [row] = await tx.select(columns).from(boardCheckpoint).where(upTo).orderBy(desc(boardCheckpoint.seq)).limit(1);
	return row;
}

/** Oldest first. */
export async function checkpointsOf(tx: Executor, id: DocumentId): Promise<readonly Checkpoint[]> {
	const columns = { seq: boardCheckpoint.seq, sealed: boardCheckpoint.sealed, hash: boardCheckpoint.hash };
	return tx.select(columns).from(boardCheckpoint).where(eq(boardCheckpoint.documentId, id)).orderBy(asc(boardCheckpoint.seq));
}

/** False when there is one at this sequence already. */
export async function insertCheckpoint(tx: Executor, id: DocumentId, checkpoint: Checkpoint, createdAt: Date): Promise<boolean> {
	const row = { documentId: id, createdAt, ...checkpoint };
	const made = await tx.insert(boardCheckpoint).values(row).onConflictDoNothing().returning({ seq: boardCheckpoint.seq });
	return made.length > 0;
}

export interface StoredProjection {
	/** The sequence it covers. */
	readonly seq: number;
	readonly sealed: Buffer;
}

export interface DocumentProjection extends StoredProjection {
	readonly documentId: DocumentId;
}

export async function findProjection(tx: Executor, id: DocumentId): Promise<StoredProjection | undefined> {
	const columns = { seq: boardProjection.seq, sealed: boardProjection.sealed };
	const [row] = await tx.select(columns).from(boardProjection).where(eq(boardProjection.documentId, id));
	return row;
}

/** A later one is never replaced by an earlier one, whoever is slower. Each document once; locked in the order of their ids. */
export async function upsertProjections(
	tx: Executor,
	projections: readonly DocumentProjection[],
	projectedAt: Date,
): Promise<void> {
	const inOrder = projections.toSorted((a, b) => (a.documentId < b.documentId ? -1 : 1));
	await tx
		.insert(boardProjection)
		.values(inOrder.map((row) => ({ ...row, projectedAt })))
		.onConflictDoUpdate({
			target: boardProjection.documentId,
			set: { seq: sql`excluded.seq`, sealed: sql`excluded.sealed`, projectedAt },
			setWhere: sql`${boardProjection.seq} <= excluded.seq`,
		});
}

/**
 * {@link upsertProjections} of documents that have one: whatever somebody else is writing just now is left out, so that
 * many rows wait for nobody and nobody waits in a circle. @returns which were replaced
 */
export async function replaceProjections(
	tx: Executor,
	projections: readonly DocumentProjection[],
	projectedAt: Date,
): Promise<ReadonlySet<DocumentId>> {
	const ids = uuidArray(projections.map(({ documentId }) => documentId));
	const seqs = int8Array(projections.map(({ seq }) => seq));
	const sealed = byteaArray(projections.map((row) => row.sealed));
	const { rows } = await tx.execute<{ document_id: DocumentId }>(sql`
		with arriving as materialized (
			select * from unnest(${sql.param(ids)}::uuid[], ${sql.param(seqs)}::bigint[], ${sql.param(sealed)}::bytea[])
				as row (document_id, seq, sealed)
		), free as materialized (
			select document_id from board_projection where document_id in (select document_id from arriving)
			order by document_id for no key update skip locked
		)
		update board_projection projection
		set seq = arriving.seq, sealed = arriving.sealed, projected_at = ${projectedAt.toISOString()}
		from arriving join free on free.document_id = arriving.document_id
		where projection.document_id = arriving.document_id and projection.seq <= arriving.seq
		returning projection.document_id`);
	return new Set(rows.map((row) => row.document_id));
}

/** Documents of an older shape, or whose read model is missing or behind the log; page by page in the order of their ids. */
export async function documentsBehind(
	tx: Executor,
	schemaVersion: number,
	after: DocumentId | undefined,
	limit: number,
): Promise<readonly DocumentId[]> {
	const isBehind = sql`(${boardDocument.schemaVersion} < ${schemaVersion} or ${boardProjection.seq} is null or ${boardProjection.seq} < ${boardDocument.seq})`;
	const rows = await tx
		.select({ id: boardDocument.id })
		.from(boardDocument)
		.innerJoin(citizenCase, and(eq(citizenCase.id, boardDocument.caseId), isNull(citizenCase.erasedAt)))
		.leftJoin(boardProjection, eq(boardProjection.documentId, boardDocument.id))
		.where(after ? and(isBehind, gt(boardDocument.id, after)) : isBehind)
		.orderBy(asc(boardDocument.id))
		.limit(limit);
	return rows.map((row) => row.id as DocumentId);
}

/** A document there is, and the epoch it has now. */
export type FoundDocument = Pick<BoardDocument, 'id' | 'caseId' | 'compartment' | 'epoch'>;

/** Team and placement documents of the cases, and the drafts of these people. */
export async function findDocuments(
	tx: Executor,
	caseIds: readonly CaseId[],
	ownerIds: readonly PersonId[],
): Promise<readonly FoundDocument[]> {
	const { id, caseId, kind, placementId, personId, epoch } = boardDocument;
	const rows = await tx
		.select({ id, caseId, kind, placementId, personId, epoch })
		.from(boardDocument)
		.where(sharedOrDraftsOf(caseIds, ownerIds));
	return rows.map((row) => ({
		id: row.id as DocumentId, // safe: written by us
		caseId: row.caseId as CaseId,
		compartment: compartmentOf(row),
		epoch: row.epoch,
	}));
}

/** Of these cases, what everybody works on and what these people alone do. */
export function sharedOrDraftsOf(caseIds: readonly CaseId[], ownerIds: readonly PersonId[]): SQL | undefined {
	const { caseId, kind, personId } = boardDocument;
	return and(among(caseId, caseIds), sql`(${kind} <> 'private' or ${among(personId, ownerIds)})`);
}

function documents(tx: Executor) {
	return tx
		.select({ document: boardDocument, dataKeyId: citizenCase.dataKeyId })
		.from(boardDocument)
		.innerJoin(citizenCase, and(eq(citizenCase.id, boardDocument.caseId), isNull(citizenCase.erasedAt)));
}

function isOf(compartment: DocumentCompartment) {
	switch (compartment.kind) {
		case 'team':
			return eq(boardDocument.kind, 'team');
		case 'placement':
			return and(eq(boardDocument.kind, 'placement'), eq(boardDocument.placementId, compartment.placementId));
		case 'private':
			return and(eq(boardDocument.kind, 'private'), eq(boardDocument.personId, compartment.personId));
	}
}

function placementOf(compartment: DocumentCompartment): PlacementId | null {
	return compartment.kind === 'placement' ? compartment.placementId : null;
}

function ownerOf(compartment: DocumentCompartment): PersonId | null {
	return compartment.kind === 'private' ? compartment.personId : null;
}

function branded({ document, dataKeyId }: Awaited<ReturnType<typeof documents>>[number]): BoardDocument {
	return {
		id: document.id as DocumentId, // safe: written by us
		caseId: document.caseId as CaseId,
		compartment: compartmentOf(document),
		epoch: document.epoch,
		seq: document.seq,
		schemaVersion: document.schemaVersion,
		dataKeyId: dataKeyId as DataKeyId,
	};
}

/** The table's check makes the owner's id present for exactly its kind. */
export function compartmentOf(
	row: Pick<typeof boardDocument.$inferSelect, 'kind' | 'placementId' | 'personId'>,
): DocumentCompartment {
	switch (row.kind) {
		case 'team':
			return { kind: 'team' };
		case 'placement':
			return { kind: 'placement', placementId: row.placementId as PlacementId };
		case 'private':
			return { kind: 'private', personId: row.personId as PersonId };
	}
}
