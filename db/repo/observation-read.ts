import { and, asc, desc, eq, inArray, or } from 'drizzle-orm';
import type { CaseId, CommentId, DraftId, ObservationId, PlacementId, TrackId } from '../../domain/ids.ts';
import type { ObservationKind, ShareableCompartment } from '../../domain/observation/observation.ts';
import type { Executor } from '../client.ts';
import { observation, observationAmendment, observationComment } from '../schema/observations.ts';
import { organisation, person } from '../schema/people.ts';
import { among } from './among.ts';
import { shownPerson, type ShownPersonRow } from './shown-person.ts';

export interface ObservationRow extends ShownPersonRow {
	readonly id: ObservationId;
	readonly compartment: ShareableCompartment;
	readonly placementId: PlacementId | null;
	readonly draftId: DraftId;
	readonly kind: ObservationKind;
	readonly trackId: TrackId | null;
	readonly sealedText: Buffer;
	readonly sharedAt: Date;
}

/** The compartments a reader has; rows of others are never fetched, so they cannot be shown by mistake. */
export interface ReadableRows {
	readonly compartments: readonly Exclude<ShareableCompartment, 'placement'>[];
	readonly placementIds: readonly PlacementId[];
}

export async function loadObservations(tx: Executor, caseId: CaseId, readable: ReadableRows): Promise<ObservationRow[]> {
	const { compartments, placementIds } = readable;
	if (compartments.length + placementIds.length === 0) return [];
	const rows = await tx
		.select({
			id: observation.id,
			compartment: observation.compartment,
			placementId: observation.placementId,
			draftId: observation.draftId,
			kind: observation.kind,
			trackId: observation.trackId,
			sealedText: observation.sealedText,
			sharedAt: observation.sharedAt,
			...shownPerson,
		})
		.from(observation)
		.innerJoin(person, eq(person.id, observation.authorId))
		.innerJoin(organisation, eq(organisation.id, person.organisationId))
		.where(
			and(
				eq(observation.caseId, caseId),
				or(
					compartments.length > 0 ? inArray(observation.compartment, [...compartments]) : undefined,
					placementIds.length > 0
						? and(eq(observation.compartment, 'placement'), among(observation.placementId, placementIds))
						: undefined,
				),
			),
		)
		.orderBy(desc(observation.sharedAt), desc(observation.id));
	return rows as ObservationRow[]; // safe: ids are ours
}

export interface AmendmentRow {
	readonly id: string;
	readonly observationId: ObservationId;
	readonly sealedText: Buffer;
	readonly amendedAt: Date;
}

/** Oldest first. */
export async function loadAmendments(tx: Executor, ids: readonly ObservationId[]): Promise<AmendmentRow[]> {
	if (ids.length === 0) return [];
	const rows = await tx
		.select()
		.from(observationAmendment)
		.where(among(observationAmendment.observationId, ids))
		.orderBy(asc(observationAmendment.amendedAt), asc(observationAmendment.id));
	return rows as AmendmentRow[]; // safe: ids are ours
}

export interface CommentRow extends ShownPersonRow {
	readonly id: CommentId;
	readonly observationId: ObservationId;
	readonly sealedText: Buffer;
	readonly commentedAt: Date;
}

/** Oldest first. */
export async function loadComments(tx: Executor, ids: readonly ObservationId[]): Promise<CommentRow[]> {
	if (ids.length === 0) return [];
	const rows = await tx
		.select({
			id: observationComment.id,
			observationId: observationComment.observationId,
			sealedText: observationComment.sealedText,
			commentedAt: observationComment.commentedAt,
			...shownPerson,
		})
		.from(observationComment)
		.innerJoin(person, eq(person.id, observationComment.authorId))
		.innerJoin(organisation, eq(organisation.id, person.organisationId))
		.where(among(observationComment.observationId, ids))
		.orderBy(asc(observationComment.commentedAt), asc(observationComment.id));
	return rows as CommentRow[]; // safe: ids are ours
}
