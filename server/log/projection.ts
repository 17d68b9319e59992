/** Read models of documents: caches with the sequence they cover, sealed, rebuilt from the log whenever they lag. */
import { project, type Projection, type ProjectionOf } from '../../board/project.ts';
import type { DocumentKind } from '../../board/schema.ts';
import type { Executor } from '../../db/client.ts';
import { type BoardDocument, findDocumentById, findProjection, lockDocument, upsertProjection } from '../../db/repo/document.ts';
import type { DocumentId } from '../../domain/ids.ts';
import type { CaseKeys } from './case-keys.ts';
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

/** @throws {SealBroken} */
export function openProjection(key: Uint8Array, documentId: DocumentId, seq: number, sealed: Uint8Array): Projection {
	return JSON.parse(unseal(key, sealed, projectionPlace(documentId, seq)).toString()) as Projection; // safe: sealed by us
}

/** The document's rows at its newest sequence: the stored ones when they are current, else built from the log and stored. */
export async function currentProjection(
	tx: Executor,
	keys: CaseKeys,
	document: BoardDocument,
	now: () => Date,
): Promise<ProjectedDocument> {
	const key = await keys.open(tx, document.dataKeyId);
	const stored = await findProjection(tx, document.id);
	if (stored && stored.seq >= document.seq) {
		return { seq: stored.seq, projection: openProjection(key, document.id, stored.seq, stored.sealed) };
	}
	const doc = replay(await readLog(tx, key, document.id, document.seq));
	const projection = project(document.compartment.kind, doc);
	doc.destroy();
	const { id, seq } = document;
	await upsertProjection(tx, id, { seq, sealed: sealProjection(key, id, seq, projection) }, now());
	return { seq, projection };
}

/**
 * For a command that needs facts from a document: nothing is appended until the transaction ends, and the rows are
 * those of the last sequence. Undefined when there is no such document.
 */
export async function lockAndProject<Kind extends DocumentKind>(
	tx: Executor,
	keys: CaseKeys,
	documentId: DocumentId,
	kind: Kind,
	now: () => Date,
): Promise<{ readonly seq: number; readonly projection: ProjectionOf[Kind] } | undefined> {
	if ((await lockDocument(tx, documentId)) === undefined) return undefined;
	const document = await findDocumentById(tx, documentId);
	if (document?.compartment.kind !== kind) return undefined;
	const { seq, projection } = await currentProjection(tx, keys, document, now);
	return { seq, projection: projection as ProjectionOf[Kind] }; // safe: the kind was compared
}
