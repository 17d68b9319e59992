import { redirect } from '@sveltejs/kit';
import type { CaseBoard } from '../../../../../server/api/case-board.ts';
import { orLeave } from '../../../../lib/api/answer.ts';
import type { PageServerLoad } from './$types.ts';

/** For who reads of the sentence and not of the plan; everybody else has the board. */
export const load: PageServerLoad = async ({ fetch, url, params }) => {
	const response = await fetch(`/api/v1/cases/${params.id}/board`);
	await orLeave(response, { url });
	const board = (await response.json()) as CaseBoard;
	if (board.reach.team) redirect(303, `/cases/${params.id}`);
	return { board };
};
