import type { MeetingId } from '../../../domain/ids.ts';
import { moveTo, type MoveRefusal } from '../../../domain/meeting/move.ts';
import { mayChairMeeting } from '../../../domain/policy.ts';
import { ok, type Result } from '../../../domain/result.ts';
import { type CommandContext, record } from '../context.ts';
import type { MoveInput } from './meeting.ts';
import { saveChange, transactionOnMeeting, type MeetingFailure, type MeetingSaved } from './transaction-on-meeting.ts';

/** Moves the pointer and nothing else: what people are writing stays where they write it. */
export async function handleMoveMeeting(
	ctx: CommandContext,
	meetingId: MeetingId,
	{ caseId }: MoveInput,
): Promise<Result<MeetingSaved, MeetingFailure | MoveRefusal>> {
	return transactionOnMeeting(ctx, meetingId, mayChairMeeting, async (tx, found, at) => {
		const moved = moveTo(found.meeting, caseId, at);
		if (!moved.ok) return moved;
		const saved = await saveChange(tx, found, moved.value);
		const subject = caseId ? { meetingId, caseId } : { meetingId };
		await record(ctx, tx, found.organisationId, { action: 'meeting.move', subject });
		return ok(saved);
	});
}
