import { error } from '@sveltejs/kit';
import type { CaseBoard } from '../../../../../../server/api/case-board.ts';
import { orLeave } from '../../../../../lib/api/answer.ts';
import type { PageServerLoad } from './$types.ts';

/** Not there and not yours are one answer. */
export const load: PageServerLoad = async ({ fetch, url, params }) => {
	const response = await fetch(`/api/v1/cases/${params.id}/board`);
	await orLeave(response, { url });
	const board = (await response.json()) as CaseBoard;
	const placementId = board.reach.placementIds.find((id) => id === params.placementId);
	if (!placementId) error(404, { message: 'not-found', code: 'not-found' });
	return { board, placementId };
};
