import type { MeetingId } from '../../../domain/ids.ts';
import { parkMeeting, type NotOpen } from '../../../domain/meeting/park.ts';
import { mayChairMeeting } from '../../../domain/policy.ts';
import { ok, type Result } from '../../../domain/result.ts';
import { type CommandContext, record } from '../context.ts';
import { saveChange, transactionOnMeeting, type MeetingFailure, type MeetingSaved } from './transaction-on-meeting.ts';

export async function handleParkMeeting(
	ctx: CommandContext,
	meetingId: MeetingId,
): Promise<Result<MeetingSaved, MeetingFailure | NotOpen>> {
	return transactionOnMeeting(ctx, meetingId, mayChairMeeting, async (tx, found, at) => {
		const parked = parkMeeting(found.meeting, at);
		if (!parked.ok) return parked;
		const saved = await saveChange(tx, found, parked.value);
		await record(ctx, tx, found.organisationId, { action: 'meeting.park', subject: { meetingId } });
		return ok(saved);
	});
}
