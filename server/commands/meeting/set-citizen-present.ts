import type { MeetingId } from '../../../domain/ids.ts';
import { setCitizenPresent } from '../../../domain/meeting/curtain.ts';
import type { OnCurrentRefusal } from '../../../domain/meeting/run-clock.ts';
import { mayChairMeeting } from '../../../domain/policy.ts';
import { ok, type Result } from '../../../domain/result.ts';
import { type CommandContext, record } from '../context.ts';
import type { CitizenPresentInput } from './meeting.ts';
import { saveChange, transactionOnMeeting, type MeetingFailure, type MeetingSaved } from './transaction-on-meeting.ts';

/** Narrows the wall to what a citizen sees of their own case in company. */
export async function handleSetCitizenPresent(
	ctx: CommandContext,
	meetingId: MeetingId,
	presence: CitizenPresentInput,
): Promise<Result<MeetingSaved, MeetingFailure | OnCurrentRefusal>> {
	return transactionOnMeeting(ctx, meetingId, mayChairMeeting, async (tx, found) => {
		const set = setCitizenPresent(found.meeting, presence);
		if (!set.ok) return set;
		const saved = await saveChange(tx, found, set.value);
		const to = presence.present ? 'present' : 'absent';
		await record(ctx, tx, found.organisationId, { action: 'meeting.set-citizen-present', subject: { meetingId, to } });
		return ok(saved);
	});
}
