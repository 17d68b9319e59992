import type { PastMeeting } from '../../../server/api/minutes-view.ts';
import { orLeave } from '../../lib/api/answer.ts';
import type { PageServerLoad } from './$types.ts';

export const load: PageServerLoad = async ({ fetch, url }) => {
	const response = await fetch('/api/v1/meetings/past');
	await orLeave(response, { url });
	return (await response.json()) as { meetings: PastMeeting[] };
};
