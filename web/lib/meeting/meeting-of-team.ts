import type { PersonId } from '../../../domain/ids.ts';
import type { MeetingView } from '../../../server/api/meetings.ts';
import { listMeetings, MeetingRequests } from './meeting-requests.ts';

/** The meeting of a team that is on or laid aside; undefined also where the reader does not attend it. */
export async function meetingOfTeam(teamId: string, personId: PersonId): Promise<MeetingView | undefined> {
	const list = await listMeetings(personId, fetch);
	const brief = list.ok ? list.value.running.find(({ team, phase }) => team.id === teamId && phase !== 'planned') : undefined;
	if (!brief) return undefined;
	const answer = await new MeetingRequests(brief.id, personId, fetch).view();
	return answer.ok ? answer.value : undefined;
}
