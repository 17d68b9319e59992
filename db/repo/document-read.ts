import { and, desc, eq, isNotNull, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { CaseId, DocumentId, PersonId, PlacementId } from '../../domain/ids.ts';
import type { ShareableCompartment } from '../../domain/observation/observation.ts';
import type { Executor } from '../client.ts';
import { boardDocument, boardEpoch, boardProjection, boardUpdate } from '../schema/documents.ts';
import { observation } from '../schema/observations.ts';
import { among } from './among.ts';
import { sharedOrDraftsOf } from './document.ts';

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
	readonly schemaVersion: number;
	/** Who began its epoch; null in the first, and where the system did after a backup was restored. */
	readonly restoredBy: PersonId | null;
	/** Null in the first epoch. */
	readonly restoredAt: Date | null;
	/** When what it was taken back to was written. */
	readonly backTo: Date | null;
	readonly projectedSeq: number | null;
	readonly sealedProjection: Buffer | null;
	/** Who wrote last, and when; null while nobody has. What the server migrated is nobody's writing. */
	readonly lastBy: PersonId | null;
	readonly lastAt: Date | null;
}

/** Team and placement documents of the cases, and the drafts of who asks: never anybody else's. */
export async function loadStoredDocuments(
	tx: Executor,
	caseIds: readonly CaseId[],
	ownerIds: readonly PersonId[],
): Promise<StoredDocumentRow[]> {
	const last = tx
		.select({ personId: boardUpdate.personId, receivedAt: boardUpdate.receivedAt })
		.from(boardUpdate)
		.where(and(eq(boardUpdate.documentId, boardDocument.id), isNotNull(boardUpdate.personId)))
		.orderBy(desc(boardUpdate.seq))
		.limit(1)
		.as('last');
	const target = alias(boardUpdate, 'target');
	const rows = await tx
		.select({
			id: boardDocument.id,
			caseId: boardDocument.caseId,
			kind: boardDocument.kind,
			placementId: boardDocument.placementId,
			personId: boardDocument.personId,
			epoch: boardDocument.epoch,
			seq: boardDocument.seq,
			schemaVersion: boardDocument.schemaVersion,
			restoredBy: boardEpoch.restoredBy,
			restoredAt: boardEpoch.restoredAt,
			backTo: target.receivedAt,
			projectedSeq: boardProjection.seq,
			sealedProjection: boardProjection.sealed,
			lastBy: last.personId,
			lastAt: last.receivedAt,
		})
		.from(boardDocument)
		.leftJoin(boardProjection, eq(boardProjection.documentId, boardDocument.id))
		.leftJoin(boardEpoch, and(eq(boardEpoch.documentId, boardDocument.id), eq(boardEpoch.epoch, boardDocument.epoch)))
		.leftJoin(target, and(eq(target.documentId, boardDocument.id), eq(target.seq, boardEpoch.restoredTo)))
		.leftJoinLateral(last, sql`true`)
		.where(sharedOrDraftsOf(caseIds, ownerIds))
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
