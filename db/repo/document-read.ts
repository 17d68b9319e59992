import { and, desc, eq, sql } from 'drizzle-orm';
import type { DocumentCompartment } from '../../domain/compartments.ts';
import type { CaseId, DocumentId, PersonId, PlacementId } from '../../domain/ids.ts';
import type { ShareableCompartment } from '../../domain/observation/observation.ts';
import type { Executor } from '../client.ts';
import { boardClient, boardDocument, boardProjection, boardUpdate } from '../schema/documents.ts';
import { observation } from '../schema/observations.ts';
import { organisation, person } from '../schema/people.ts';
import { among } from './among.ts';
import { shownPerson, type ShownPersonRow } from './shown-person.ts';

/** A document and what was last projected from it. */
export interface StoredDocumentRow {
	readonly id: DocumentId;
	readonly caseId: CaseId;
	readonly kind: 'team' | 'placement' | 'private';
	readonly placementId: PlacementId | null;
	readonly personId: PersonId | null;
	readonly epoch: number;
	/** The newest sequence of the log. */
	readonly seq: number;
	readonly projectedSeq: number | null;
	readonly sealedProjection: Buffer | null;
	/** Who wrote last, and when; null for the server. */
	readonly lastBy: PersonId | null;
	readonly lastAt: Date | null;
}

/** Team and placement documents of the cases, and one person's own drafts: never anybody else's. */
export async function loadStoredDocuments(
	tx: Executor,
	caseIds: readonly CaseId[],
	ownerId: PersonId,
): Promise<StoredDocumentRow[]> {
	const rows = await tx
		.select({
			id: boardDocument.id,
			caseId: boardDocument.caseId,
			kind: boardDocument.kind,
			placementId: boardDocument.placementId,
			personId: boardDocument.personId,
			epoch: boardDocument.epoch,
			seq: boardDocument.seq,
			projectedSeq: boardProjection.seq,
			sealedProjection: boardProjection.sealed,
			lastBy: boardUpdate.personId,
			lastAt: boardUpdate.receivedAt,
		})
		.from(boardDocument)
		.leftJoin(boardProjection, eq(boardProjection.documentId, boardDocument.id))
		.leftJoin(boardUpdate, and(eq(boardUpdate.documentId, boardDocument.id), eq(boardUpdate.seq, boardDocument.seq)))
		.where(
			and(
				among(boardDocument.caseId, caseIds),
				sql`(${boardDocument.kind} <> 'private' or ${boardDocument.personId} = ${ownerId})`,
			),
		)
		.orderBy(boardDocument.kind, boardDocument.createdAt, boardDocument.id);
	return rows as StoredDocumentRow[]; // safe: ids are ours
}

export interface LatestObservationRow {
	readonly caseId: CaseId;
	readonly compartment: ShareableCompartment;
	readonly placementId: PlacementId | null;
	readonly authorId: PersonId;
	readonly sharedAt: Date;
}

/** The newest observation of each author in each compartment of each case: enough to tell whether there is news. */
export async function loadLatestObservations(tx: Executor, caseIds: readonly CaseId[]): Promise<LatestObservationRow[]> {
	const { caseId, compartment, placementId, authorId, sharedAt } = observation;
	const rows = await tx
		.selectDistinctOn([caseId, compartment, placementId, authorId], { caseId, compartment, placementId, authorId, sharedAt })
		.from(observation)
		.where(among(caseId, caseIds))
		.orderBy(caseId, compartment, placementId, authorId, desc(sharedAt));
	return rows as LatestObservationRow[]; // safe: ids are ours
}

/** Everybody who ever wrote in one of the documents. */
export async function loadWriters(tx: Executor, documentIds: readonly DocumentId[]): Promise<ShownPersonRow[]> {
	if (documentIds.length === 0) return [];
	const rows = await tx
		.selectDistinct(shownPerson)
		.from(boardClient)
		.innerJoin(person, eq(person.id, boardClient.personId))
		.innerJoin(organisation, eq(organisation.id, person.organisationId))
		.where(among(boardClient.documentId, documentIds));
	return rows as ShownPersonRow[]; // safe: ids are ours
}

/** The epoch a document has now; undefined while nobody has opened it. */
export async function findEpoch(tx: Executor, caseId: CaseId, compartment: DocumentCompartment): Promise<number | undefined> {
	const owner =
		compartment.kind === 'placement'
			? eq(boardDocument.placementId, compartment.placementId)
			: compartment.kind === 'private'
				? eq(boardDocument.personId, compartment.personId)
				: undefined;
	const [row] = await tx
		.select({ epoch: boardDocument.epoch })
		.from(boardDocument)
		.where(and(eq(boardDocument.caseId, caseId), eq(boardDocument.kind, compartment.kind), owner));
	return row?.epoch;
}
