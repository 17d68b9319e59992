import type * as Y from 'yjs';
import type { MassDeletion } from '../../db/repo/mass-deletion.ts';
import type { PersonId } from '../../domain/ids.ts';
import type { LogUpdate } from '../log/board-log.ts';
import { MASS_DELETION_LEAST, MASS_DELETION_SHARE, MASS_DELETION_SPAN_MS } from './limits.ts';

/** One person's deletions within a short time. */
interface Span {
	readonly endsMs: number;
	/** How far each client had written when it began: what this person wrote later is not counted. */
	readonly clocks: ReadonlyMap<number, number>;
	/** It was much, and that was told: from then on it ends only once this person has been quiet. */
	readonly isTold: boolean;
	/** What has not been told yet. */
	readonly deleted: number;
	/** The newest sequence before the first of that. */
	readonly sinceSeq: number;
}

/** Who deletes, when, and in what. */
export interface Deleting {
	readonly personId: PersonId;
	readonly nowMs: number;
	/** The newest sequence before it. */
	readonly seq: number;
	/** Who first used which client id in this document. */
	readonly owners: ReadonlyMap<number, PersonId | null>;
}

/**
 * Notices who deletes much of a document within a short span, at once or letter by letter. It may well be meant, so nothing is
 * refused. An update that deletes nothing costs nothing, and the document is looked at only once much has gone. It belongs to
 * the room, and outlives the replicas that are loaded anew.
 */
export class DeletionWatch {
	readonly #muchDeleted: (deletion: MassDeletion) => void;
	/** As of what is stored. */
	#stored: ReadonlyMap<PersonId, Span> = new Map();
	/** With what the replica has taken in besides. */
	#spans = new Map<PersonId, Span>();
	/** What was being stored when that failed: it may be stored after all. */
	#unsure: readonly LogUpdate[] = [];

	/** @param muchDeleted told once it is stored */
	constructor(muchDeleted: (deletion: MassDeletion) => void) {
		this.#muchDeleted = muchDeleted;
	}

	/**
	 * @param tr when its functions have run
	 * @returns for what is much, and again for what is much of that which was left then: a long clean-up is told a few times
	 */
	note(tr: Y.Transaction, { personId, nowMs, seq, owners }: Deleting): MassDeletion | undefined {
		if (tr.deleteSet.clients.size === 0) return undefined;
		const endsMs = nowMs + MASS_DELETION_SPAN_MS;
		const before = this.#spans.get(personId);
		const goesOn = before !== undefined && nowMs <= before.endsMs;
		const span = goesOn ? before : { endsMs, clocks: tr.beforeState, isTold: false, deleted: 0, sinceSeq: seq };
		const counts: Counted = (client) => {
			const isOwn = !owners.has(client) || owners.get(client) === personId;
			return isOwn ? (span.clocks.get(client) ?? 0) : Infinity;
		};
		const sinceSeq = span.deleted === 0 ? seq : span.sinceSeq;
		const deleted = span.deleted + deletedOf(counts, tr.deleteSet);
		const stood = deleted < MASS_DELETION_LEAST ? Infinity : deleted + leftOf(counts, tr.doc);
		const isMuch = deleted >= stood * MASS_DELETION_SHARE;
		const counted = isMuch || span.isTold ? { ...span, endsMs, isTold: true } : span;
		this.#spans.set(personId, { ...counted, sinceSeq, deleted: isMuch ? 0 : deleted });
		return isMuch ? { sinceSeq, stood, deleted } : undefined;
	}

	/** What the replica had taken in is stored. */
	stored(updates: readonly LogUpdate[]): void {
		this.#stored = new Map(this.#spans);
		for (const { massDeletion } of updates) if (massDeletion) this.#muchDeleted(massDeletion);
	}

	/** It is not, or nobody knows. */
	failed(updates: readonly LogUpdate[]): void {
		this.#unsure = updates;
	}

	/**
	 * The document was loaded anew: what is not in it comes again, and is counted then.
	 *
	 * @param holds whether an update is in it
	 */
	loaded(holds: (update: LogUpdate) => boolean): void {
		const unsure = this.#unsure;
		this.#unsure = [];
		if (unsure.length > 0 && unsure.every(holds)) this.stored(unsure);
		else this.#spans = new Map(this.#stored);
	}
}

/** Up to which clock what a client wrote counts. */
type Counted = (client: number) => number;

/** One clock is a letter, or a choice. */
function deletedOf(counts: Counted, { clients }: Y.Transaction['deleteSet']): number {
	let deleted = 0;
	for (const [client, ranges] of clients) {
		const end = counts(client);
		for (const { clock, len } of ranges) deleted += Math.max(0, Math.min(clock + len, end) - clock);
	}
	return deleted;
}

function leftOf(counts: Counted, doc: Y.Doc): number {
	let left = 0;
	for (const [client, structs] of doc.store.clients) {
		const end = counts(client);
		for (const struct of structs) {
			if (struct.id.clock >= end) break;
			if (!struct.deleted) left += Math.min(struct.id.clock + struct.length, end) - struct.id.clock;
		}
	}
	return left;
}
