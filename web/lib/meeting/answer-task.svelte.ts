import type { PersonId } from '../../../domain/ids.ts';
import type { ReconciliationView } from '../../../server/api/meeting-closing.ts';
import { DocumentSession } from '../board/document-session.svelte.ts';
import type { Edit } from '../board/edit.ts';
import type { MeetingRequests } from './meeting-requests.ts';

export type AskedTask = ReconciliationView['unanswered'][number];

const STORED_WITHIN_MS = 10_000;

/**
 * Writes one answer into a task's own document, whoever's it is, and waits until the server has stored it.
 * @returns false where it could not be: what became of the task, the next reconciliation says
 */
export async function editTaskOf(requests: MeetingRequests, task: AskedTask, me: PersonId, edit: Edit): Promise<boolean> {
	const answer = await requests.board(task.caseId);
	if (!answer.ok) return false;
	const document = answer.value.documents.find(
		(one) => one.compartment !== 'private' && one.projection?.tasks.some(({ id }) => id === task.taskId),
	);
	if (document?.access !== 'write') return false;
	const aheadMs = Date.parse(answer.value.now) - Date.now();
	return new Promise((resolve) => {
		let stop = (): void => {};
		const end = (stored: boolean): void => {
			clearTimeout(late);
			stop();
			session.destroy();
			resolve(stored);
		};
		const late = setTimeout(() => end(false), STORED_WITHIN_MS);
		const session: DocumentSession = new DocumentSession({
			kind: document.compartment,
			name: document.name,
			personId: me,
			aheadMs: () => aheadMs,
			onparts: () => {},
			onready: () => {
				session.edit(edit);
				stop = $effect.root(() => {
					$effect(() => {
						if (session.unsentCount === 0) queueMicrotask(() => end(true));
					});
				});
			},
			onclosed: () => end(false),
		});
		session.connect();
	});
}
