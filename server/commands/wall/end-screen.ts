import { endWallScreen } from '../../../db/repo/wall-screen.ts';
import type { MeetingId, WallScreenId } from '../../../domain/ids.ts';
import { mayLeadMeeting } from '../../../domain/policy.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import { type CommandContext, record } from '../context.ts';
import { saveChange, transactionOnMeeting, type MeetingFailure, type MeetingSaved } from '../meeting/transaction-on-meeting.ts';

/** The screen goes blank at once and shows nothing more until it is approved again. */
export async function handleEndScreen(
	ctx: CommandContext,
	meetingId: MeetingId,
	screenId: WallScreenId,
): Promise<Result<MeetingSaved, MeetingFailure>> {
	const result = await transactionOnMeeting(
		ctx,
		meetingId,
		mayLeadMeeting,
		async (tx, found, at): Promise<Result<MeetingSaved, MeetingFailure>> => {
			if (!(await endWallScreen(tx, meetingId, screenId, at))) return refuse({ code: 'not-found' });
			const saved = await saveChange(tx, found, found.meeting);
			await record(ctx, tx, found.organisationId, { action: 'wall.end', subject: { meetingId, screenId } });
			return ok(saved);
		},
	);
	if (result.ok) ctx.announce({ kind: 'wall', screenId });
	return result;
}
