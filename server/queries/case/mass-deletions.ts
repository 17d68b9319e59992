import { z } from 'zod';
import type { Executor } from '../../../db/client.ts';
import { documentsOf } from '../../../db/repo/document.ts';
import { loadMassDeletions } from '../../../db/repo/mass-deletion.ts';
import { loadShownPeople } from '../../../db/repo/shown-person.ts';
import { idSchema, type PlacementId } from '../../../domain/ids.ts';
import { isoWeekSchema } from '../../../domain/iso-week-schema.ts';
import { weekOf } from '../../../domain/iso-week.ts';
import { mayRestore } from '../../../domain/policy.ts';
import type { Reader } from './reader.ts';

/** Somebody deleted much of a document within a short span: who, when and how much, never what. */
export const massDeletionSchema = z.object({
	/** Whose document it is; null for the plan. */
	placementId: idSchema<PlacementId>().nullable(),
	seq: z.int(),
	by: z.string(),
	at: z.iso.datetime(),
	/** Letters and choices that stood before, and how many of them went. */
	stood: z.int(),
	deleted: z.int(),
	/** Where the history shows the document just before: its week and sequence. */
	week: isoWeekSchema,
	before: z.int(),
});
export type MassDeletionView = z.infer<typeof massDeletionSchema>;

/** Older ones are nobody's news; the history keeps them. */
const SHOWN_FOR_MS = 14 * 24 * 3_600_000;

/** Of the documents this reader may take back; undefined where there are none. */
export async function loadMassDeletionsFor(tx: Executor, me: Reader, at: Date): Promise<MassDeletionView[] | undefined> {
	const { actor, facts, reach } = me;
	const documents = (await documentsOf(tx, facts.caseId)).filter(
		({ compartment }) => compartment.kind !== 'private' && mayRestore(actor, facts, reach, compartment),
	);
	const compartments = new Map(documents.map(({ id, compartment }) => [id, compartment]));
	if (compartments.size === 0) return undefined;
	const rows = await loadMassDeletions(tx, [...compartments.keys()], new Date(at.getTime() - SHOWN_FOR_MS));
	const people = await loadShownPeople(tx, [...new Set(rows.map(({ personId }) => personId))]);
	return rows.map((row) => {
		const compartment = compartments.get(row.documentId);
		return {
			placementId: compartment?.kind === 'placement' ? compartment.placementId : null,
			seq: row.seq,
			by: people.find(({ personId }) => personId === row.personId)?.name ?? '',
			at: row.at.toISOString(),
			stood: row.stood,
			deleted: row.deleted,
			week: weekOf(row.at),
			before: row.sinceSeq,
		};
	});
}
