import { eq } from 'drizzle-orm';
import type { AmendmentId, CaseId, CommentId, DraftId, ObservationId, PersonId, PlacementId, TrackId } from '../../domain/ids.ts';
import type { ObservationKind, ShareableCompartment } from '../../domain/observation/observation.ts';
import type { Executor } from '../client.ts';
import { observation, observationAmendment, observationComment } from '../schema/observations.ts';
import { insertOnce } from './insert-once.ts';

/** What somebody saw, in words sealed with the case's key. */
export interface Observation {
	readonly id: ObservationId;
	readonly caseId: CaseId;
	readonly compartment: ShareableCompartment;
	readonly placementId: PlacementId | null;
	readonly authorId: PersonId;
	readonly draftId: DraftId;
	readonly kind: ObservationKind;
	readonly trackId: TrackId | null;
	readonly sealedText: Buffer;
	readonly sharedAt: Date;
}

export interface ObservationAmendment {
	readonly id: AmendmentId;
	readonly observationId: ObservationId;
	readonly sealedText: Buffer;
	readonly amendedAt: Date;
}

export interface ObservationComment {
	readonly id: CommentId;
	readonly observationId: ObservationId;
	readonly authorId: PersonId;
	readonly sealedText: Buffer;
	readonly commentedAt: Date;
}

/** Sharing the same draft again is the observation it became the first time; returns the one that stands. */
export async function insertObservation(
	tx: Executor,
	row: Observation,
): Promise<{ readonly observation: Observation; readonly isNew: boolean }> {
	const draft = [observation.caseId, observation.authorId, observation.draftId];
	const [made] = await tx.insert(observation).values(row).onConflictDoNothing({ target: draft }).returning();
	if (made) return { observation: branded(made), isNew: true };
	const mine = await tx.select().from(observation).where(eq(observation.draftId, row.draftId));
	const stands = mine.find((each) => each.caseId === row.caseId && each.authorId === row.authorId);
	if (!stands) throw new Error(`Observation of draft ${row.draftId} neither made nor found`);
	return { observation: branded(stands), isNew: false };
}

export async function findObservation(tx: Executor, id: ObservationId): Promise<Observation | undefined> {
	const [row] = await tx.select().from(observation).where(eq(observation.id, id));
	return row && branded(row);
}

/** @returns the one that stands under its id already, or undefined when this is it now */
export function insertAmendment(tx: Executor, row: ObservationAmendment): Promise<ObservationAmendment | undefined> {
	return insertOnce(tx, observationAmendment, row);
}

/** @returns the one that stands under its id already, or undefined when this is it now */
export function insertComment(tx: Executor, row: ObservationComment): Promise<ObservationComment | undefined> {
	return insertOnce(tx, observationComment, row);
}

function branded(row: typeof observation.$inferSelect): Observation {
	return {
		...row,
		id: row.id as ObservationId, // safe: written by us
		caseId: row.caseId as CaseId,
		placementId: row.placementId as PlacementId | null,
		authorId: row.authorId as PersonId,
		draftId: row.draftId as DraftId,
		trackId: row.trackId as TrackId | null,
	};
}
