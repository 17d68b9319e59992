import * as Y from 'yjs';
import type { EditOrigin } from '../../board/edit-origin.ts';
import { project, type Projection } from '../../board/project.ts';
import type { DocumentKind } from '../../board/schema.ts';
import { checkTransaction } from '../../board/shape.ts';
import type { MassDeletion } from '../../db/repo/mass-deletion.ts';
import type { PersonId } from '../../domain/ids.ts';
import type { LoadedDocument, LogUpdate } from '../log/board-log.ts';
import { DeletedRanges } from './deleted-ranges.ts';
import type { Deleting, DeletionWatch } from './deletion-watch.ts';
import { limitPlacing, TooCostly } from './effort.ts';
import { outlineUpdate, type UpdateOutline } from './update-outline.ts';
import { weighUpdate, type UpdateWeight } from './update-weight.ts';

export interface UpdateAuthor {
	readonly personId: PersonId;
	readonly sessionId: string;
}

export type Applied =
	| { readonly kind: 'nothing-new' }
	| { readonly kind: 'gap' }
	/** `added` is what the update added, as a V1 update of its own. */
	| {
			readonly kind: 'applied';
			readonly added: Uint8Array;
			readonly newClients: readonly number[];
			/** With it its author had deleted much of the document. */
			readonly massDeletion: MassDeletion | undefined;
	  }
	/** `spoilt` means the document now holds what was refused: throw it away and load again. */
	| { readonly kind: 'refused'; readonly code: string; readonly spoilt: boolean };

interface Change {
	added?: Uint8Array;
	refusal?: string;
	massDeletion?: MassDeletion | undefined;
}

/**
 * A room's one copy of the document. It knows no sockets and no database: bytes in, a verdict and bytes out. Between
 * two commits it may be ahead of the log; nobody may read it then.
 */
export class BoardReplica {
	readonly doc = new Y.Doc({ gc: true });
	readonly #kind: DocumentKind;
	readonly #owners: Map<number, PersonId | null>;
	readonly #deletions: DeletionWatch | undefined;
	readonly #deletedRanges: DeletedRanges;
	#seq: number;
	/** Updates taken in since, which are not in the log yet. */
	#ahead = 0;

	/**
	 * @param deletions told what is deleted in it; nobody is in a copy
	 * @throws {Error} when the log does not make a whole document: it is never served then
	 */
	constructor(kind: DocumentKind, loaded: LoadedDocument, deletions?: DeletionWatch) {
		this.#kind = kind;
		this.#deletions = deletions;
		this.#owners = new Map(loaded.clients);
		this.#seq = loaded.seq;
		this.doc.clientID = 0; // never written under; keeps Yjs from thinking a client has taken it
		this.doc.transact(
			() => {
				if (loaded.checkpoint) Y.applyUpdateV2(this.doc, loaded.checkpoint);
				for (const update of loaded.updates) Y.applyUpdate(this.doc, update);
			},
			{ source: 'replay' } satisfies EditOrigin,
		);
		if (hasPending(this.doc)) throw new Error('the log of a document has a gap');
		this.#deletedRanges = new DeletedRanges(this.doc);
	}

	/** The newest sequence of the log that is in here. */
	get seq(): number {
		return this.#seq;
	}

	/** Everything in here is in the log now. */
	stored(seq: number): void {
		this.#seq = seq;
		this.#ahead = 0;
	}

	weigh(update: Uint8Array, author: PersonId): UpdateWeight | { readonly kind: 'malformed' } {
		const outline = readOutline(update);
		return outline ? weighUpdate(outline, update.length, this.doc, this.#owners, author) : { kind: 'malformed' };
	}

	/** Whether it was stored before this was loaded. */
	holds({ bytes, personId }: LogUpdate): boolean {
		return personId !== null && this.weigh(bytes, personId).kind === 'nothing-new';
	}

	apply(update: Uint8Array, author: UpdateAuthor, nowMs: number): Applied {
		const weight = this.weigh(update, author.personId);
		if (weight.kind === 'nothing-new' || weight.kind === 'gap') return weight;
		if (weight.kind !== 'new') return { kind: 'refused', code: weight.kind, spoilt: false };
		const change = this.#applyWatched(update, weight.stepsLeft, author, nowMs);
		if (change.refusal !== undefined) return { kind: 'refused', code: change.refusal, spoilt: true };
		if (hasPending(this.doc)) return { kind: 'refused', code: 'circular', spoilt: true };
		if (!change.added) return { kind: 'nothing-new' };
		this.#ahead++;
		for (const client of weight.newClients) this.#owners.set(client, author.personId);
		return { kind: 'applied', added: change.added, newClients: weight.newClients, massDeletion: change.massDeletion };
	}

	/** The shape is judged while the transaction still holds what it brought: afterwards Yjs drops deleted content. */
	#applyWatched(update: Uint8Array, stepsLeft: number, author: UpdateAuthor, nowMs: number): Change {
		const change: Change = {};
		const judge = (transaction: Y.Transaction) => {
			const verdict = checkTransaction(this.#kind, transaction, author.personId, nowMs);
			if (!verdict.ok) change.refusal = verdict.error.code;
			else if (!this.#deletedRanges.hold(transaction)) change.refusal = 'too-costly';
			else if (this.#kind !== 'private') change.massDeletion = this.#deletions?.note(transaction, this.#deleting(author, nowMs));
		};
		const keep = (added: Uint8Array) => void (change.added = added);
		this.doc.on('afterTransaction', judge);
		this.doc.on('update', keep);
		try {
			const origin: EditOrigin = { source: 'peer', sessionId: author.sessionId };
			limitPlacing(this.doc, stepsLeft, () => Y.applyUpdate(this.doc, update, origin));
		} catch (error) {
			change.refusal = error instanceof TooCostly ? 'too-costly' : 'not-applicable';
		} finally {
			this.doc.off('afterTransaction', judge);
			this.doc.off('update', keep);
		}
		return change;
	}

	#deleting({ personId }: UpdateAuthor, nowMs: number): Deleting {
		return { personId, nowMs, seq: this.#seq + this.#ahead, owners: this.#owners };
	}

	project(): Projection {
		return project(this.#kind, this.doc);
	}
}

function readOutline(update: Uint8Array): UpdateOutline | undefined {
	try {
		return outlineUpdate(update);
	} catch (error) {
		if (error instanceof RangeError || error instanceof TypeError) return undefined;
		throw error;
	}
}

function hasPending(doc: Y.Doc): boolean {
	return doc.store.pendingStructs !== null || doc.store.pendingDs !== null;
}
