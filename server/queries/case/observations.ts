import type { Executor } from '../../../db/client.ts';
import { loadAmendments, loadComments, loadObservations, type ObservationRow } from '../../../db/repo/observation-read.ts';
import type { Compartment } from '../../../domain/compartments.ts';
import type { ObservationId } from '../../../domain/ids.ts';
import { mayAmend, mayShareTo } from '../../../domain/policy.ts';
import { OBSERVATION_TEXT, unsealText } from '../../log/sealed-text.ts';
import type { ObservationView } from './case-board.ts';
import { viewPerson } from './person-view.ts';
import { readableRows, readersOf, type CaseAudience } from './reader.ts';

/** What the reader may read of the stream, newest first. Rows of other compartments never leave the database. */
export async function loadObservationViews(tx: Executor, audience: CaseAudience, caseKey: Buffer): Promise<ObservationView[]> {
	const rows = await loadObservations(tx, audience.me.facts.caseId, readableRows(audience.me.reach));
	const ids = rows.map(({ id }) => id);
	const amendments = grouped(await loadAmendments(tx, ids));
	const comments = grouped(await loadComments(tx, ids));
	const self = audience.me.actor.personId;
	const person = (row: Parameters<typeof viewPerson>[1]) => viewPerson(audience.me.reach, row, self);
	const text = (kind: keyof typeof OBSERVATION_TEXT, id: string, sealed: Buffer) =>
		unsealText(caseKey, sealed, OBSERVATION_TEXT[kind], id);
	return rows.map((row) => ({
		...headOf(audience, row),
		author: person(row),
		text: text('observation', row.id, row.sealedText),
		amendments: (amendments.get(row.id) ?? []).map(({ id, sealedText, amendedAt }) => ({
			text: text('amendment', id, sealedText),
			amendedAt: amendedAt.toISOString(),
		})),
		comments: (comments.get(row.id) ?? []).map((comment) => ({
			id: comment.id,
			author: person(comment),
			text: text('comment', comment.id, comment.sealedText),
			commentedAt: comment.commentedAt.toISOString(),
		})),
	}));
}

function headOf({ me, everybody }: CaseAudience, row: ObservationRow) {
	const compartment = compartmentOfObservation(row);
	const mine = row.personId === me.actor.personId;
	const open = mayShareTo(me.actor, me.facts, me.reach, compartment);
	return {
		id: row.id,
		compartment: row.compartment,
		placementId: row.placementId,
		kind: row.kind,
		trackId: me.reach.team ? row.trackId : null,
		sharedAt: row.sharedAt.toISOString(),
		readerCount: readersOf(everybody, compartment).length,
		draftId: mine ? row.draftId : null,
		mayAmend: open && mayAmend(me.actor, row.personId),
		mayComment: open,
	};
}

export function compartmentOfObservation(row: Pick<ObservationRow, 'compartment' | 'placementId'>): Compartment {
	if (row.compartment !== 'placement') return { kind: row.compartment };
	return { kind: 'placement', placementId: row.placementId! }; // checked by observation_placement
}

function grouped<Row extends { readonly observationId: ObservationId }>(rows: readonly Row[]): Map<ObservationId, Row[]> {
	const groups = new Map<ObservationId, Row[]>();
	for (const row of rows) groups.set(row.observationId, [...(groups.get(row.observationId) ?? []), row]);
	return groups;
}
