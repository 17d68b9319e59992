import * as Y from 'yjs';
import { seedDocument } from '../../board/edit/seed.ts';
import { newId } from '../../board/new-id.ts';
import { project } from '../../board/project.ts';
import { BOARD_SCHEMA_VERSION } from '../../board/schema.ts';
import type { Executor } from '../../db/client.ts';
import { findDocument, insertDocument, insertLoneUpdate, noteSchemaVersion, upsertProjections } from '../../db/repo/document.ts';
import { findCase } from '../../db/repo/case.ts';
import { placementsOf } from '../../db/repo/placement.ts';
import type { DocumentCompartment } from '../../domain/compartments.ts';
import type { CaseId, DocumentId } from '../../domain/ids.ts';
import type { CaseKeys } from './case-keys.ts';
import { updatePlace } from './places.ts';
import { sealProjection } from './projection.ts';
import { seal } from './seal.ts';

/** Makes the team document and one per placement, as far as they are missing. Private ones come when their owner opens them. */
export async function ensureDocuments(tx: Executor, keys: CaseKeys, caseId: CaseId, at: Date): Promise<void> {
	await ensureDocument(tx, keys, caseId, { kind: 'team' }, at);
	for (const placement of await placementsOf(tx, caseId)) {
		await ensureDocument(tx, keys, caseId, { kind: 'placement', placementId: placement.id }, at);
	}
}

/** Seeded by the server alone: two peers that seed one document would each write the first state. */
export async function ensureDocument(
	tx: Executor,
	keys: CaseKeys,
	caseId: CaseId,
	compartment: DocumentCompartment,
	at: Date,
): Promise<void> {
	if (await findDocument(tx, caseId, compartment)) return;
	const found = await findCase(tx, caseId);
	if (!found) throw new Error(`No case ${caseId}`);
	const id = newId<DocumentId>(at.getTime());
	if (!(await insertDocument(tx, { id, caseId, compartment, createdAt: at }))) return; // another transaction was faster
	const key = await keys.open(tx, found.dataKeyId);
	const doc = new Y.Doc();
	seedDocument(doc);
	const rowId = newId<string>(at.getTime());
	const sealed = seal(key, Y.encodeStateAsUpdate(doc), updatePlace(id, rowId));
	await insertLoneUpdate(tx, { documentId: id, seq: 1, rowId, clientId: doc.clientID, sealed, receivedAt: at });
	await noteSchemaVersion(tx, id, BOARD_SCHEMA_VERSION);
	const projection = project(compartment.kind, doc);
	await upsertProjections(tx, [{ documentId: id, seq: 1, sealed: sealProjection(key, id, 1, projection) }], at);
	doc.destroy();
}
