/** What a command that closes a meeting gets of its cases: their documents locked, and as they are at that moment. */
import { encodeStateV2 } from '../../board/encode-state.ts';
import { projectPlacement, projectTeam, type PlacementProjection, type TeamProjection } from '../../board/project.ts';
import type { Executor } from '../../db/client.ts';
import { lockSharedDocuments } from '../../db/repo/shared-documents.ts';
import type { CaseId, DocumentId, PlacementId } from '../../domain/ids.ts';
import type { CaseKeys } from './case-keys.ts';
import { readLog } from './read-log.ts';
import { replay } from './replay.ts';

interface LockedFacts {
	readonly id: DocumentId;
	readonly caseId: CaseId;
	readonly seq: number;
	/** The whole document as a V2 update. */
	readonly state: Uint8Array;
}

export type LockedBoard =
	| (LockedFacts & { readonly placementId: null; readonly projection: TeamProjection })
	| (LockedFacts & { readonly placementId: PlacementId; readonly projection: PlacementProjection });

/**
 * The team document and the placements' of each case, built from the log. Nothing is appended to them until the transaction
 * ends. Cases whose key was destroyed are left out.
 *
 * @param onRead told after each document
 */
export async function lockBoards(
	tx: Executor,
	keys: CaseKeys,
	caseIds: readonly CaseId[],
	onRead: (done: number, of: number) => void,
): Promise<readonly LockedBoard[]> {
	const documents = await lockSharedDocuments(tx, caseIds);
	const opened = await keys.openAll(
		tx,
		documents.map(({ dataKeyId }) => dataKeyId),
	);
	const boards: LockedBoard[] = [];
	for (const [index, { id, caseId, placementId, seq, dataKeyId }] of documents.entries()) {
		const key = opened.get(dataKeyId);
		if (!key) continue;
		const doc = replay(await readLog(tx, key, id, seq));
		const facts = { id, caseId, seq, state: encodeStateV2(doc) };
		boards.push(
			placementId === null
				? { ...facts, placementId, projection: projectTeam(doc) }
				: { ...facts, placementId, projection: projectPlacement(doc) },
		);
		doc.destroy();
		onRead(index + 1, documents.length);
	}
	return boards;
}
