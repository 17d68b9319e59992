import type { Executor } from '../../../db/client.ts';
import { loadStream, type ObservationRow, type StreamRow } from '../../../db/repo/observation-read.ts';
import type { ShownPersonRow } from '../../../db/repo/shown-person.ts';
import type { Compartment } from '../../../domain/compartments.ts';
import { mayAmend, mayRead, mayShareTo } from '../../../domain/policy.ts';
import { OBSERVATION_TEXT, unsealText } from '../../log/sealed-text.ts';
import type { ObservationView } from './case-board.ts';
import { viewPerson } from './person-view.ts';
import { readableRows, readersOf, type CaseAudience, type Reader } from './reader.ts';

/** What one reader may read of the stream. */
export async function loadObservationViews(tx: Executor, audience: CaseAudience, caseKey: Buffer): Promise<ObservationView[]> {
	return viewObservations(await loadOpenedStream(tx, [audience.me], caseKey), audience);
}

type Word<Row extends { readonly sealedText: Buffer }> = Omit<Row, 'sealedText'> & { readonly text: string };

/** An observation, unsealed. */
export interface OpenedObservation extends Word<Omit<StreamRow, 'amendments' | 'comments'>> {
	readonly amendments: readonly Word<StreamRow['amendments'][number]>[];
	readonly comments: readonly Word<StreamRow['comments'][number]>[];
}

/** The stream as far as any of the readers reads it, newest first. Rows of other compartments never leave the database. */
export async function loadOpenedStream(
	tx: Executor,
	readers: readonly Reader[],
	caseKey: Buffer,
): Promise<readonly OpenedObservation[]> {
	const [first] = readers;
	if (!first) return [];
	const rows = await loadStream(tx, first.facts.caseId, readableRows(readers.map(({ reach }) => reach)));
	const open = <Row extends { readonly id: string; readonly sealedText: Buffer }>(
		kind: keyof typeof OBSERVATION_TEXT,
		row: Row,
	) => {
		const { sealedText, ...rest } = row;
		return { ...rest, text: unsealText(caseKey, sealedText, OBSERVATION_TEXT[kind], row.id) };
	};
	return rows.map(({ amendments, comments, ...row }) => ({
		...open('observation', row),
		amendments: amendments.map((each) => open('amendment', each)),
		comments: comments.map((each) => open('comment', each)),
	}));
}

export function viewObservations(stream: readonly OpenedObservation[], audience: CaseAudience): ObservationView[] {
	const { actor, reach } = audience.me;
	const person = (row: ShownPersonRow) => viewPerson(reach, row, actor.personId);
	return stream
		.filter((row) => mayRead(actor, reach, compartmentOfObservation(row)))
		.map((row) => ({
			...headOf(audience, row),
			author: person(row),
			text: row.text,
			amendments: row.amendments.map(({ text, amendedAt }) => ({ text, amendedAt: amendedAt.toISOString() })),
			comments: row.comments.map((comment) => ({
				id: comment.id,
				author: person(comment),
				text: comment.text,
				commentedAt: comment.commentedAt.toISOString(),
			})),
		}));
}

function headOf({ me, everybody }: CaseAudience, row: OpenedObservation) {
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
