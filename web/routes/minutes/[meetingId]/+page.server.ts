import type { MeetingRecord } from '../../../../server/api/minutes-view.ts';
import { orLeave } from '../../../lib/api/answer.ts';
import type { PageServerLoad } from './$types.ts';

export const load: PageServerLoad = async ({ fetch, url, params }) => {
	const response = await fetch(`/api/v1/minutes/${params.meetingId}`);
	await orLeave(response, { url });
	return { record: (await response.json()) as MeetingRecord };
};
