import type { CaseList } from '../../../server/api/case-board.ts';
import type { MeetingList } from '../../../server/api/meetings.ts';
import { orLeave } from '../../lib/api/answer.ts';
import { phaseOfFirst } from '../../lib/meeting/phase-of-first.ts';
import type { PageLoad } from './$types.ts';

export const load: PageLoad = async ({ fetch, url }) => {
	const [response, meetings] = await Promise.all([fetch('/api/v1/cases'), fetch('/api/v1/meetings')]);
	await Promise.all([orLeave(response, { url }), orLeave(meetings, { url })]);
	return { list: (await response.json()) as CaseList, meetingPhase: phaseOfFirst((await meetings.json()) as MeetingList) };
};
