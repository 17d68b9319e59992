import type { MeetingId } from '../../../domain/ids.ts';
import { borrowTime, type BorrowRefusal } from '../../../domain/meeting/borrow-time.ts';
import { mayChairMeeting } from '../../../domain/policy.ts';
import { ok, type Result } from '../../../domain/result.ts';
import { type CommandContext, record } from '../context.ts';
import type { BorrowInput } from './meeting.ts';
import { saveChange, transactionOnMeeting, type MeetingFailure, type MeetingSaved } from './transaction-on-meeting.ts';

export async function handleBorrowTime(
	ctx: CommandContext,
	meetingId: MeetingId,
	{ minutes }: BorrowInput,
): Promise<Result<MeetingSaved, MeetingFailure | BorrowRefusal>> {
	return transactionOnMeeting(ctx, meetingId, mayChairMeeting, async (tx, found) => {
		const borrowed = borrowTime(found.meeting, minutes);
		if (!borrowed.ok) return borrowed;
		const saved = await saveChange(tx, found, borrowed.value);
		const subject = { meetingId, minutes: String(minutes) };
		await record(ctx, tx, found.organisationId, { action: 'meeting.borrow-time', subject });
		return ok(saved);
	});
}
