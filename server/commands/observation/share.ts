import { formatCompartment } from '../../../board/compartments.ts';
import { newId } from '../../../board/new-id.ts';
import { transaction, type Executor } from '../../../db/client.ts';
import { insertObservation, type Observation } from '../../../db/repo/observation.ts';
import type { CaseId, ObservationId } from '../../../domain/ids.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import { OBSERVATION_TEXT, sealText, unsealText } from '../../log/sealed-text.ts';
import { type CommandContext, record } from '../context.ts';
import { writableCase, type ShareObservationInput, type WritingRefusal } from './observation.ts';

export interface SharedObservation {
	readonly observationId: ObservationId;
	/** False when this draft was shared before, just so: nothing happened, and nobody is told again. */
	readonly isNew: boolean;
}

export type ShareRefusal =
	| WritingRefusal
	/** The draft was shared with other words, of another kind or elsewhere: what it became can only be amended. */
	| { readonly code: 'already-shared'; readonly observationId: ObservationId };

/** Makes a private draft everybody's who may read a compartment. The draft stays; its owner's page marks it shared. */
export async function handleShareObservation(
	ctx: CommandContext,
	caseId: CaseId,
	input: ShareObservationInput,
): Promise<Result<SharedObservation, ShareRefusal>> {
	const { compartment } = input;
	const result = await transaction(ctx.db, (tx) => share(ctx, tx, caseId, input));
	if (result.ok && result.value.isNew) {
		ctx.announce({ kind: 'observations', caseId, observationId: result.value.observationId, compartment });
	}
	return result;
}

async function share(
	ctx: CommandContext,
	tx: Executor,
	caseId: CaseId,
	input: ShareObservationInput,
): Promise<Result<SharedObservation, ShareRefusal>> {
	const { compartment, draftId, kind, trackId, text } = input;
	const writable = await writableCase(ctx, tx, caseId, compartment);
	if (!writable.ok) return writable;

	const sharedAt = ctx.now();
	const id = newId<ObservationId>(sharedAt.getTime());
	const key = await ctx.keys.open(tx, writable.value.dataKeyId);
	const asked: Observation = {
		id,
		caseId,
		draftId,
		kind,
		sharedAt,
		compartment: compartment.kind,
		placementId: compartment.kind === 'placement' ? compartment.placementId : null,
		authorId: ctx.signedIn.actor.personId,
		trackId: writable.value.reach.team ? trackId : null,
		sealedText: sealText(key, text, OBSERVATION_TEXT.observation, id),
	};
	const { observation, isNew } = await insertObservation(tx, asked);
	if (isNew) {
		const compartments = [formatCompartment(compartment)];
		await record(ctx, tx, caseId, { action: 'observation.share', subject: { caseId, observationId: id }, compartments });
	} else if (!isSame(observation, asked) || wordsOf(key, observation) !== text) {
		return refuse({ code: 'already-shared', observationId: observation.id });
	}
	return ok({ observationId: observation.id, isNew });
}

function isSame(one: Observation, other: Observation): boolean {
	return one.kind === other.kind && one.compartment === other.compartment && one.placementId === other.placementId;
}

function wordsOf(key: Uint8Array, { id, sealedText }: Observation): string {
	return unsealText(key, sealedText, OBSERVATION_TEXT.observation, id);
}
