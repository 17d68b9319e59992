import type { MeetingId } from '../../../domain/ids.ts';
import { setCurtain } from '../../../domain/meeting/curtain.ts';
import type { NotOpen } from '../../../domain/meeting/park.ts';
import { mayChairMeeting } from '../../../domain/policy.ts';
import { ok, type Result } from '../../../domain/result.ts';
import { type CommandContext, record } from '../context.ts';
import type { CurtainInput } from './meeting.ts';
import { saveChange, transactionOnMeeting, type MeetingFailure, type MeetingSaved } from './transaction-on-meeting.ts';

export async function handleSetCurtain(
	ctx: CommandContext,
	meetingId: MeetingId,
	curtain: CurtainInput,
): Promise<Result<MeetingSaved, MeetingFailure | NotOpen>> {
	return transactionOnMeeting(ctx, meetingId, mayChairMeeting, async (tx, found) => {
		const set = setCurtain(found.meeting, curtain);
		if (!set.ok) return set;
		const saved = await saveChange(tx, found, set.value);
		const to = curtain.down ? 'down' : 'up';
		await record(ctx, tx, found.organisationId, { action: 'meeting.set-curtain', subject: { meetingId, to } });
		return ok(saved);
	});
}
