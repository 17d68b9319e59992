import { redirect } from '@sveltejs/kit';
import type { CaseBoard } from '../../../../server/api/case-board.ts';
import { orLeave } from '../../../lib/api/answer.ts';
import type { PageServerLoad } from './$types.ts';

/** Who does not read the team's plan has another page of the same case. */
export const load: PageServerLoad = async ({ fetch, url, params }) => {
	const response = await fetch(`/api/v1/cases/${params.id}/board`);
	await orLeave(response, { url });
	const board = (await response.json()) as CaseBoard;
	if (!board.reach.team) {
		const placementId = board.reach.placementIds[0];
		redirect(303, placementId ? `/cases/${params.id}/placements/${placementId}` : `/cases/${params.id}/summary`);
	}
	return { board };
};
