import { approveWallScreen, findWaitingScreenByCode } from '../../../db/repo/wall-screen.ts';
import type { MeetingId, WallScreenId } from '../../../domain/ids.ts';
import { mayLeadMeeting } from '../../../domain/policy.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import { type CommandContext, record } from '../context.ts';
import { saveChange, transactionOnMeeting, type MeetingFailure, type MeetingSaved } from '../meeting/transaction-on-meeting.ts';
import type { ApproveScreenInput } from './wall.ts';

export interface ApprovedForMeeting extends MeetingSaved {
	readonly screenId: WallScreenId;
}

export type ApproveScreenRefusal = { readonly code: 'no-such-code' | 'meeting-closed' };

/** From now on the screen shows this meeting, in the lead's name: what it shows is logged as read by them. */
export async function handleApproveScreen(
	ctx: CommandContext,
	meetingId: MeetingId,
	{ code }: ApproveScreenInput,
): Promise<Result<ApprovedForMeeting, MeetingFailure | ApproveScreenRefusal>> {
	const approvedBy = ctx.signedIn.actor.personId;
	const result = await transactionOnMeeting(
		ctx,
		meetingId,
		mayLeadMeeting,
		async (tx, found, at): Promise<Result<ApprovedForMeeting, MeetingFailure | ApproveScreenRefusal>> => {
			if (found.meeting.phase === 'closed') return refuse({ code: 'meeting-closed' });
			const screenId = await findWaitingScreenByCode(tx, code, at);
			if (!screenId) return refuse({ code: 'no-such-code' });
			await approveWallScreen(tx, { id: screenId, meetingId, approvedBy, approvedAt: at });
			const saved = await saveChange(tx, found, found.meeting);
			await record(ctx, tx, found.organisationId, { action: 'wall.pair', subject: { meetingId, screenId } });
			return ok({ ...saved, screenId });
		},
	);
	if (result.ok) ctx.announce({ kind: 'wall', screenId: result.value.screenId });
	return result;
}
