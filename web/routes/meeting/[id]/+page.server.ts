import type { CaseBoard } from '../../../../server/api/case-board.ts';
import type { MeetingView } from '../../../../server/api/meetings.ts';
import { orLeave } from '../../../lib/api/answer.ts';
import type { PageServerLoad } from './$types.ts';

/** The meeting as it stands, and whom it is at: whoever reloads is where it is. */
export const load: PageServerLoad = async ({ fetch, url, params }) => {
	const path = `/api/v1/meetings/${params.id}`;
	const response = await fetch(path);
	await orLeave(response, { url });
	const view = (await response.json()) as MeetingView;
	const caseId = view.items.find(({ state }) => state === 'current')?.caseId;
	const board = caseId && view.phase !== 'closed' ? await fetch(`${path}/cases/${caseId}/board`) : undefined;
	return { view, board: board?.ok ? ((await board.json()) as CaseBoard) : undefined };
};
