import type * as Y from 'yjs';
import type { MassDeletion } from '../../db/repo/mass-deletion.ts';
import type { PersonId } from '../../domain/ids.ts';
import { MASS_DELETION_LEAST, MASS_DELETION_SHARE, MASS_DELETION_SPAN_MS } from './limits.ts';

/** One person's deletions since the first of them. */
interface Span {
	readonly sinceMs: number;
	readonly sinceSeq: number;
	/** How far each client had written when it began: what came later, a colleague's words too, is not counted. */
	readonly clocks: ReadonlyMap<number, number>;
	readonly deleted: number;
}

/**
 * Notices who deletes much of a document within a short span, at once or letter by letter. It may well be meant, so nothing is
 * refused. An update that deletes nothing costs nothing, and the document is looked at only once much has gone.
 */
export class DeletionWatch {
	readonly #spans = new Map<PersonId, Span>();

	/**
	 * @param tr when its functions have run
	 * @param seq the newest sequence before it
	 * @returns told once for what was much; after that a new span begins
	 */
	note(tr: Y.Transaction, personId: PersonId, nowMs: number, seq: number): MassDeletion | undefined {
		if (tr.deleteSet.clients.size === 0) return undefined;
		const before = this.#spans.get(personId);
		const goesOn = before !== undefined && nowMs - before.sinceMs <= MASS_DELETION_SPAN_MS;
		const span = goesOn ? before : { sinceMs: nowMs, sinceSeq: seq, clocks: tr.beforeState, deleted: 0 };
		const deleted = span.deleted + deletedOf(span.clocks, tr.deleteSet);
		this.#spans.set(personId, { ...span, deleted });
		if (deleted < MASS_DELETION_LEAST) return undefined;
		const stood = deleted + leftOf(span.clocks, tr.doc);
		if (deleted < stood * MASS_DELETION_SHARE) return undefined;
		this.#spans.delete(personId);
		return { sinceSeq: span.sinceSeq, stood, deleted };
	}
}

/** One clock is a letter, or a choice. */
function deletedOf(clocks: ReadonlyMap<number, number>, { clients }: Y.Transaction['deleteSet']): number {
	let deleted = 0;
	for (const [client, ranges] of clients) {
		const end = clocks.get(client) ?? 0;
		for (const { clock, len } of ranges) deleted += Math.max(0, Math.min(clock + len, end) - clock);
	}
	return deleted;
}

function leftOf(clocks: ReadonlyMap<number, number>, doc: Y.Doc): number {
	let left = 0;
	for (const [client, end] of clocks) {
		for (const struct of doc.store.clients.get(client) ?? []) {
			if (struct.id.clock >= end) break;
			if (!struct.deleted) left += Math.min(struct.id.clock + struct.length, end) - struct.id.clock;
		}
	}
	return left;
}
