import { and, asc, eq, gt, or, sql } from 'drizzle-orm';
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

/** An observation with everything said on it since, oldest first. */
export interface StreamRow extends ObservationRow {
	readonly amendments: readonly Omit<AmendmentRow, 'observationId'>[];
	readonly comments: readonly Omit<CommentRow, 'observationId'>[];
}

/** Newest first, in one statement: it is part of every board. */
export async function loadStream(tx: Executor, caseId: CaseId, readable: ReadableRows): Promise<StreamRow[]> {
	const { compartments, placementIds } = readable;
	if (compartments.length + placementIds.length === 0) return [];
	const { rows } = await tx.execute<Record<string, unknown> & StoredStreamRow>(sql`
		select ob.id, ob.compartment, ob.placement_id as "placementId", ob.draft_id as "draftId", ob.kind, ob.track_id as "trackId",
			ob.sealed_text as "sealedText", ob.shared_at as "sharedAt", p.id as "personId", p.name, p.profession,
			o.name as "organisationName", o.id <> o.host_id as external,
			array(
				select json_build_object('id', a.id, 'sealedText', encode(a.sealed_text, 'base64'), 'amendedAt', a.amended_at)
				from observation_amendment a where a.observation_id = ob.id order by a.amended_at, a.id
			) as amendments,
			array(
				select json_build_object('id', c.id, 'sealedText', encode(c.sealed_text, 'base64'), 'commentedAt', c.commented_at,
					'personId', cp.id, 'name', cp.name, 'profession', cp.profession,
					'organisationName', co.name, 'external', co.id <> co.host_id)
				from observation_comment c join person cp on cp.id = c.author_id join organisation co on co.id = cp.organisation_id
				where c.observation_id = ob.id order by c.commented_at, c.id
			) as comments
		from observation ob join person p on p.id = ob.author_id join organisation o on o.id = p.organisation_id
		where ob.case_id = ${caseId} and (ob.compartment = any(${sql.param(compartments)}::text[])
			or ob.compartment = 'placement' and ob.placement_id = any(${sql.param(placementIds)}::uuid[]))
		order by ob.shared_at desc, ob.id desc`);
	return rows.map((row) => ({
		...row,
		sharedAt: new Date(row.sharedAt),
		amendments: row.amendments.map((each) => ({ ...bytesOf(each), amendedAt: new Date(each.amendedAt) })),
		comments: row.comments.map((each) => ({ ...bytesOf(each), commentedAt: new Date(each.commentedAt) })),
	}));
}

/** As JSON carries what was said on an observation. */
interface StoredStreamRow extends Omit<StreamRow, 'sharedAt' | 'amendments' | 'comments'> {
	readonly sharedAt: Date | string;
	readonly amendments: readonly (Omit<StreamRow['amendments'][number], 'sealedText' | 'amendedAt'> & {
		readonly sealedText: string;
		readonly amendedAt: string;
	})[];
	readonly comments: readonly (Omit<StreamRow['comments'][number], 'sealedText' | 'commentedAt'> & {
		readonly sealedText: string;
		readonly commentedAt: string;
	})[];
}

function bytesOf<Row extends { readonly sealedText: string }>(row: Row) {
	return { ...row, sealedText: Buffer.from(row.sealedText, 'base64') };
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

/** Observations of any compartment that were shared, amended or commented on after an instant; all of them without one. */
export async function loadObservationsTouched(tx: Executor, caseId: CaseId, since: Date | undefined): Promise<ObservationRow[]> {
	const touched =
		since &&
		or(
			gt(observation.sharedAt, since),
			sql`exists (select 1 from ${observationAmendment} where ${observationAmendment.observationId} = ${observation.id} and ${observationAmendment.amendedAt} > ${since})`,
			sql`exists (select 1 from ${observationComment} where ${observationComment.observationId} = ${observation.id} and ${observationComment.commentedAt} > ${since})`,
		);
	const rows = await observations(tx)
		.where(and(eq(observation.caseId, caseId), touched))
		.orderBy(asc(observation.sharedAt), asc(observation.id));
	return rows as ObservationRow[]; // safe: ids are ours
}

function observations(tx: Executor) {
	return tx
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
		.innerJoin(organisation, eq(organisation.id, person.organisationId));
}
