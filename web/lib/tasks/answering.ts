/** What answering for a task brings along: the stock client and the writers of the document. Fetched once the page is there. */
export { finishTask, reopenTask, setTaskDueOn, setTaskOwner } from '../../../board/edit/task.ts';
export { DocumentSession } from '../board/document-session.svelte.ts';
