import type { MyTasks } from '../../../server/api/case-board.ts';
import { orLeave } from '../../lib/api/answer.ts';
import type { PageServerLoad } from './$types.ts';

export const load: PageServerLoad = async ({ fetch, url }) => {
	const response = await fetch('/api/v1/tasks');
	await orLeave(response, { url });
	return { mine: (await response.json()) as MyTasks };
};
