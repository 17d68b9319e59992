import type { CaseList } from '../../../server/api/case-board.ts';
import { orLeave } from '../../lib/api/answer.ts';
import type { PageServerLoad } from './$types.ts';

export const load: PageServerLoad = async ({ fetch, url }) => {
	const response = await fetch('/api/v1/cases');
	await orLeave(response, { url });
	return (await response.json()) as CaseList;
};
