import { projectTeam } from '../../board/project.ts';
import type { Database } from '../../db/client.ts';
import type { DocumentId } from '../../domain/ids.ts';
import type { BoardLog } from '../../server/log/board-log.ts';
import { replay } from '../../server/log/replay.ts';
import { NOON } from './case-builders.ts';

/**
 * Makes a stored team document what version 1 left: it says so in its log and in its row, and its read model has
 * nothing newer. Resolves with the last sequence of its log.
 */
export async function leaveAtVersion1(db: Database, log: BoardLog, documentId: DocumentId): Promise<number> {
	const doc = replay(await log.load(documentId));
	let bytes: Uint8Array = new Uint8Array();
	doc.once('update', (update: Uint8Array) => (bytes = update));
	doc.getMap('meta').set('schemaVersion', 1);
	const updates = [{ bytes, personId: null, sessionId: null, receivedAt: NOON }];
	const stored = await log.append([{ documentId, epoch: 1, updates, newClients: [{ clientId: doc.clientID, personId: null }] }]);
	const { goal, tracks, tasks, weeks } = projectTeam(doc);
	const then = tasks.map((task) => ({ ...task, decision: undefined, dropped: undefined, droppedReason: undefined }));
	const seq = stored.get(documentId)!;
	await log.saveProjection(documentId, seq, { goal, tracks, tasks: then, weeks } as never);
	await db.pool.query('update board_document set schema_version = 1 where id = $1', [documentId]);
	return seq;
}
