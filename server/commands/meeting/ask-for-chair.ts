import { lastSeen } from '../../../db/repo/meeting-attendance.ts';
import type { MeetingId, PersonId } from '../../../domain/ids.ts';
import { askForChair, chairOf, isPresent, type AskForChairRefusal } from '../../../domain/meeting/chair.ts';
import { mayAttendMeeting } from '../../../domain/policy.ts';
import { ok, type Result } from '../../../domain/result.ts';
import { type CommandContext, record } from '../context.ts';
import { saveChange, transactionOnMeeting, type MeetingFailure, type MeetingSaved } from './transaction-on-meeting.ts';

/** Whose the chair is now: the one who asked when the former was away. */
export interface AskedForChair extends MeetingSaved {
	readonly chairId: PersonId;
}

export async function handleAskForChair(
	ctx: CommandContext,
	meetingId: MeetingId,
): Promise<Result<AskedForChair, MeetingFailure | AskForChairRefusal>> {
	const { personId } = ctx.signedIn.actor;
	return transactionOnMeeting(ctx, meetingId, mayAttendMeeting, async (tx, found, at) => {
		const chairId = chairOf(found.meeting);
		const seenAt = chairId ? await lastSeen(tx, { meetingId, personId: chairId }) : undefined;
		const asked = askForChair(found.meeting, personId, isPresent(seenAt, at));
		if (!asked.ok) return asked;
		const saved = await saveChange(tx, found, asked.value);
		await record(ctx, tx, found.organisationId, { action: 'meeting.ask-for-chair', subject: { meetingId } });
		return ok({ ...saved, chairId: asked.value.chairId });
	});
}
