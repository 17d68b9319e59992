import { z } from 'zod';
import { newId } from '../../../board/new-id.ts';
import type { Executor } from '../../../db/client.ts';
import { loadReach } from '../../../db/repo/access.ts';
import { findObservation, type Observation } from '../../../db/repo/observation.ts';
import type { Compartment } from '../../../domain/compartments.ts';
import {
	idSchema,
	type CaseId,
	type DataKeyId,
	type DraftId,
	type ObservationId,
	type PlacementId,
	type TrackId,
} from '../../../domain/ids.ts';
import { OBSERVATION_KINDS, OBSERVATION_MAX_LENGTH, SHAREABLE_COMPARTMENTS } from '../../../domain/observation/observation.ts';
import { mayRead, maySeeCase, mayShareTo, type Reach } from '../../../domain/policy.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import type { CommandContext } from '../context.ts';

/** Words as their author wrote them, spaces and all; only nothing at all is refused. */
export const wordsSchema = z
	.string()
	.max(OBSERVATION_MAX_LENGTH)
	.refine((text) => text.trim() !== '');

export const shareObservationSchema = z.object({
	/** The private draft it was written in: sharing it again is the same observation. */
	draftId: idSchema<DraftId>(),
	kind: z.enum(OBSERVATION_KINDS),
	trackId: idSchema<TrackId>().nullable().default(null),
	compartment: z.enum(SHAREABLE_COMPARTMENTS),
	placementId: idSchema<PlacementId>().optional(),
	text: wordsSchema,
});
export type ShareObservationInput = Omit<z.infer<typeof shareObservationSchema>, 'compartment' | 'placementId'> & {
	readonly compartment: Exclude<Compartment, { kind: 'private' }>;
};

export const writtenWordsSchema = z.object({
	/** Made by whoever may have to send the words again, an answer being lost: the same id is the same words, once. */
	id: idSchema<string>().default(() => newId()),
	text: wordsSchema,
});
export type WrittenWords = z.infer<typeof writtenWordsSchema>;

/** What stands in the way of writing to a compartment of a case. */
export interface WritingRefusal {
	readonly code: 'not-found' | 'forbidden' | 'case-closed';
}

/** A case the caller may write observations to, as far as one compartment goes. */
export interface WritableCase {
	readonly reach: Reach;
	readonly dataKeyId: DataKeyId;
}

/** Who may not read a placement is not told that there is one; the other compartments are in every case. */
export async function writableCase(
	ctx: CommandContext,
	tx: Executor,
	caseId: CaseId,
	compartment: Compartment,
): Promise<Result<WritableCase, WritingRefusal>> {
	const { actor } = ctx.signedIn;
	const found = await loadReach(tx, actor, caseId, ctx.now());
	if (!found || !maySeeCase(found.reach)) return refuse({ code: 'not-found' });
	const { facts, reach } = found;
	if (!mayRead(actor, reach, compartment)) return refuse({ code: compartment.kind === 'placement' ? 'not-found' : 'forbidden' });
	if (!mayShareTo(actor, facts, reach, compartment)) return refuse({ code: facts.closed ? 'case-closed' : 'forbidden' });
	return ok({ reach, dataKeyId: found.case.dataKeyId });
}

/** An observation the caller may read in a case that is open. What one may not read is not found. */
export async function writableObservation(
	ctx: CommandContext,
	tx: Executor,
	id: ObservationId,
): Promise<Result<Observation & { readonly dataKeyId: DataKeyId }, WritingRefusal>> {
	const observation = await findObservation(tx, id);
	if (!observation) return refuse({ code: 'not-found' });
	const writable = await writableCase(ctx, tx, observation.caseId, compartmentOf(observation));
	if (writable.ok) return ok({ ...observation, dataKeyId: writable.value.dataKeyId });
	return refuse({ code: writable.error.code === 'case-closed' ? 'case-closed' : 'not-found' });
}

export function compartmentOf({ compartment, placementId }: Pick<Observation, 'compartment' | 'placementId'>): Compartment {
	if (compartment !== 'placement') return { kind: compartment };
	return { kind: 'placement', placementId: placementId! }; // checked by observation_placement
}
