import { stampAttendance } from '../../../db/repo/meeting-attendance.ts';
import type { MeetingId } from '../../../domain/ids.ts';
import { openMeeting, type OpenMeetingRefusal } from '../../../domain/meeting/open.ts';
import { mayLeadMeeting } from '../../../domain/policy.ts';
import { ok, type Result } from '../../../domain/result.ts';
import { type CommandContext, record } from '../context.ts';
import { stampTasks } from './stamp-tasks.ts';
import { saveChange, transactionOnMeeting, type MeetingFailure, type MeetingSaved } from './transaction-on-meeting.ts';

/** Begins a planned meeting, whose open tasks are written down, or goes on with a parked one. Whoever opens it takes the chair. */
export async function handleOpenMeeting(
	ctx: CommandContext,
	meetingId: MeetingId,
): Promise<Result<MeetingSaved, MeetingFailure | OpenMeetingRefusal>> {
	const { personId } = ctx.signedIn.actor;
	return transactionOnMeeting(ctx, meetingId, mayLeadMeeting, async (tx, found, at) => {
		const opened = openMeeting(found.meeting, personId, at);
		if (!opened.ok) return opened;
		const saved = await saveChange(tx, found, opened.value);
		const isBeginning = found.meeting.phase === 'planned';
		const agenda = opened.value.items.map(({ caseId }) => caseId);
		if (isBeginning) await stampTasks(ctx, tx, meetingId, agenda);
		await stampAttendance(tx, [{ meetingId, personId }], at);
		await record(ctx, tx, found.organisationId, { action: 'meeting.open', subject: { meetingId } });
		return ok(saved);
	});
}
