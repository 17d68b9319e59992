import type { PlacementProjection, TeamProjection } from '../../../board/project.ts';
import { isOpen } from '../../../board/rows.ts';
import type { Executor } from '../../../db/client.ts';
import { documentsOf } from '../../../db/repo/document.ts';
import { insertMeetingTasks } from '../../../db/repo/meeting-task.ts';
import type { CaseId, MeetingId } from '../../../domain/ids.ts';
import type { CommandContext } from '../context.ts';

/**
 * Writes down which tasks are open now, by id: closing accounts for each of them. Tasks stand in the team's document and in
 * those of the placements; a draft is nobody's task.
 */
export async function stampTasks(
	{ log }: CommandContext,
	tx: Executor,
	meetingId: MeetingId,
	caseIds: readonly CaseId[],
): Promise<void> {
	for (const caseId of caseIds) {
		const documents = (await documentsOf(tx, caseId)).filter(({ compartment }) => compartment.kind !== 'private');
		for (const { id: documentId } of documents) {
			const rows = (await log.readProjection(tx, documentId))?.projection as TeamProjection | PlacementProjection | undefined; // safe: not a private one
			const open = (rows?.tasks ?? []).filter(isOpen);
			await insertMeetingTasks(
				tx,
				open.map(({ id: taskId }) => ({ meetingId, caseId, documentId, taskId })),
			);
		}
	}
}
