/** Read models of documents: caches with the sequence they cover, sealed, rebuilt from the log whenever they lag. */
import { project, type Projection } from '../../board/project.ts';
import type { Executor } from '../../db/client.ts';
import { type BoardDocument, findProjection, upsertProjections } from '../../db/repo/document.ts';
import type { DocumentId } from '../../domain/ids.ts';
import type { CaseKeys } from './case-keys.ts';
import { migrateStored } from './migrate-stored.ts';
import { projectionPlace } from './places.ts';
import { readLog } from './read-log.ts';
import { replay } from './replay.ts';
import { seal, unseal } from './seal.ts';

export interface ProjectedDocument {
	/** The sequence it covers. */
	readonly seq: number;
	readonly projection: Projection;
}

export function sealProjection(key: Uint8Array, documentId: DocumentId, seq: number, projection: Projection): Buffer {
	return seal(key, Buffer.from(JSON.stringify(projection)), projectionPlace(documentId, seq));
}

/**
 * What was opened last of each document, so that a list of sixty is not decrypted and parsed for everybody who looks at it.
 * It hangs on the case's key: who has no key finds nothing here, and what is forgotten takes its rows along.
 */
const opened = new WeakMap<Uint8Array, Map<DocumentId, ProjectedDocument>>();

/** @param key the one object `CaseKeys` keeps for the case @throws {SealBroken} */
export function openProjection(key: Uint8Array, documentId: DocumentId, seq: number, sealed: Uint8Array): Projection {
	const ofCase = opened.get(key) ?? new Map<DocumentId, ProjectedDocument>();
	const known = ofCase.get(documentId);
	if (known?.seq === seq) return known.projection;
	const projection = JSON.parse(unseal(key, sealed, projectionPlace(documentId, seq)).toString()) as Projection; // safe: sealed by us
	opened.set(key, ofCase.set(documentId, { seq, projection }));
	return projection;
}

/**
 * The document's rows in today's shape at its newest sequence: the stored ones when they are current, else built from
 * the log and stored. Undefined when the document has gone meanwhile.
 */
export async function currentProjection(
	tx: Executor,
	keys: CaseKeys,
	found: BoardDocument,
	now: () => Date,
): Promise<ProjectedDocument | undefined> {
	const document = await migrateStored(tx, keys, found, now());
	if (!document) return undefined;
	const key = await keys.open(tx, document.dataKeyId);
	const stored = await findProjection(tx, document.id);
	if (stored && stored.seq >= document.seq) {
		return { seq: stored.seq, projection: openProjection(key, document.id, stored.seq, stored.sealed) };
	}
	const doc = replay(await readLog(tx, key, document.id, document.seq));
	const projection = project(document.compartment.kind, doc);
	doc.destroy();
	const { id, seq } = document;
	await upsertProjections(tx, [{ documentId: id, seq, sealed: sealProjection(key, id, seq, projection) }], now());
	return { seq, projection };
}
