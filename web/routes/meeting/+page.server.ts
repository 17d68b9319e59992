import { redirect } from '@sveltejs/kit';
import type { MeetingList } from '../../../server/api/meetings.ts';
import { orLeave } from '../../lib/api/answer.ts';
import type { PageServerLoad } from './$types.ts';

/** One meeting and nothing to choose: straight there. */
export const load: PageServerLoad = async ({ fetch, url }) => {
	const response = await fetch('/api/v1/meetings');
	await orLeave(response, { url });
	const meetings = (await response.json()) as MeetingList;
	const [only, ...others] = meetings.running;
	if (only && others.length === 0 && meetings.startable.length === 0) redirect(303, `/meeting/${only.id}`);
	return { meetings };
};
