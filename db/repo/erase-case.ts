import { asc, eq, inArray, sql } from 'drizzle-orm';
import type { CaseId, CitizenId, DocumentId } from '../../domain/ids.ts';
import type { Executor } from '../client.ts';
import { upsertProjections } from './document.ts';
import { citizen, citizenCase } from '../schema/cases.ts';
import {
	boardCheckpoint,
	boardClient,
	boardDocument,
	boardEpoch,
	boardMassDeletion,
	boardUpdate,
	unsentText,
} from '../schema/documents.ts';

import { observation, observationAmendment, observationComment } from '../schema/observations.ts';
import { rating, ratingRound } from '../schema/ratings.ts';

/**
 * Deletes everything of a case but what the hash chains are made of: its audit entries, and the snapshots and minutes
 * whose key goes with the case. Raising the epoch keeps out what is being appended meanwhile.
 *
 * @returns its documents, of which nothing but the ids is left
 */
export async function eraseCase(tx: Executor, id: CaseId, at: Date): Promise<readonly DocumentId[]> {
	const rows = await tx
		.select({ id: boardDocument.id })
		.from(boardDocument)
		.where(eq(boardDocument.caseId, id))
		.orderBy(asc(boardDocument.id))
		.for('update');
	const documents = rows.map((row) => row.id as DocumentId); // safe: written by us
	await tx
		.update(boardDocument)
		.set({ epoch: sql`${boardDocument.epoch} + 1` })
		.where(eq(boardDocument.caseId, id));
	for (const table of [boardMassDeletion, boardUpdate, boardCheckpoint, boardClient, boardEpoch])
		await tx.delete(table).where(inArray(table.documentId, documents));
	await emptyProjections(tx, documents, at);
	const observations = tx.select({ id: observation.id }).from(observation).where(eq(observation.caseId, id));
	for (const table of [observationAmendment, observationComment])
		await tx.delete(table).where(inArray(table.observationId, observations));
	for (const table of [observation, rating, ratingRound, unsentText]) await tx.delete(table).where(eq(table.caseId, id));
	await tx.update(citizenCase).set({ erasedAt: at, phase: null, releaseDay: null }).where(eq(citizenCase.id, id));
	return documents;
}

/** An empty read model that covers everything: one that is being written meanwhile comes too late to take its place. */
async function emptyProjections(tx: Executor, documents: readonly DocumentId[], at: Date): Promise<void> {
	const nothing = { seq: Number.MAX_SAFE_INTEGER, sealed: Buffer.alloc(0) };
	const emptied = documents.map((documentId) => ({ documentId, ...nothing }));
	if (emptied.length > 0) await upsertProjections(tx, emptied, at);
}

/** Takes a citizen's name, day and number away; the row stays for what points to it. */
export async function eraseCitizen(tx: Executor, id: CitizenId): Promise<void> {
	const nothing = { sealedName: Buffer.alloc(0), sealedBirthDay: null, sealedCpr: null, cprIndex: null };
	await tx.update(citizen).set(nothing).where(eq(citizen.id, id));
}
