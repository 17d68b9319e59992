import * as Y from 'yjs';
import type { PersonId } from '../../domain/ids.ts';
import { stepsToTake } from './effort.ts';
import { MAX_UPDATE_STEPS } from './limits.ts';
import type { ClockRange, UpdateOutline } from './update-outline.ts';

/** What an update would do to a document, told without touching it. */
export type UpdateWeight =
	/** Everything in it is there already: a reader's answer to our step 1, or a retransmission. */
	| { readonly kind: 'nothing-new' }
	/** It builds on something we do not have; what it builds on must come first. */
	| { readonly kind: 'gap' }
	/** New content under a client id that another person used first in this document. */
	| { readonly kind: 'foreign-client' }
	/** It would hold up everybody else. */
	| { readonly kind: 'too-costly' }
	/** `stepsLeft`: what may still be spent on it. */
	| { readonly kind: 'new'; readonly newClients: readonly number[]; readonly stepsLeft: number };

/**
 * @param bytes the update's length
 * @param owners who first used which client id in this document
 */
export function weighUpdate(
	outline: UpdateOutline,
	bytes: number,
	doc: Y.Doc,
	owners: ReadonlyMap<number, PersonId | null>,
	author: PersonId,
): UpdateWeight {
	const fresh = outline.runs.filter((run) => run.to > Y.getState(doc.store, run.client));
	const clients = new Set(fresh.map((run) => run.client));
	for (const client of clients) {
		const owner = owners.get(client);
		if (owner !== undefined && owner !== author) return { kind: 'foreign-client' };
	}
	const known = knownAfter(outline, doc);
	if (known === undefined || dependsOnUnknown(outline, doc, known)) return { kind: 'gap' };
	if (fresh.length === 0 && outline.deletions.every((range) => isDeleted(doc, range))) return { kind: 'nothing-new' };
	const stepsLeft = MAX_UPDATE_STEPS - stepsToTake(outline, bytes, doc, MAX_UPDATE_STEPS);
	if (stepsLeft < 0) return { kind: 'too-costly' };
	return { kind: 'new', newClients: [...clients].filter((client) => !owners.has(client)), stepsLeft };
}

/** Clocks known once the update is in; `undefined` when one of its runs starts beyond what we have. */
function knownAfter(outline: UpdateOutline, doc: Y.Doc): Map<number, number> | undefined {
	const known = new Map<number, number>();
	for (const run of outline.runs) {
		const before = known.get(run.client) ?? Y.getState(doc.store, run.client);
		if (run.from > before) return undefined;
		known.set(run.client, Math.max(before, run.to));
	}
	return known;
}

function dependsOnUnknown(outline: UpdateOutline, doc: Y.Doc, known: ReadonlyMap<number, number>): boolean {
	const reach = (client: number) => known.get(client) ?? Y.getState(doc.store, client);
	for (const [client, clock] of outline.neighbours) if (clock >= reach(client)) return true;
	return outline.deletions.some((range) => range.to > reach(range.client));
}

function isDeleted(doc: Y.Doc, range: ClockRange): boolean {
	const structs = doc.store.clients.get(range.client);
	if (!structs) return false;
	for (let index = Y.findIndexSS(structs, range.from); index < structs.length; index++) {
		const struct = structs[index]!; // in bounds
		if (struct.id.clock >= range.to) break;
		if (!struct.deleted) return false;
	}
	return true;
}
