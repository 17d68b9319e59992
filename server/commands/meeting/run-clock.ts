import type { MeetingId } from '../../../domain/ids.ts';
import { runClock, type OnCurrentRefusal } from '../../../domain/meeting/run-clock.ts';
import { mayChairMeeting } from '../../../domain/policy.ts';
import { ok, type Result } from '../../../domain/result.ts';
import { type CommandContext, record } from '../context.ts';
import type { ClockInput } from './meeting.ts';
import { saveChange, transactionOnMeeting, type MeetingFailure, type MeetingSaved } from './transaction-on-meeting.ts';

export async function handleRunClock(
	ctx: CommandContext,
	meetingId: MeetingId,
	{ running }: ClockInput,
): Promise<Result<MeetingSaved, MeetingFailure | OnCurrentRefusal>> {
	return transactionOnMeeting(ctx, meetingId, mayChairMeeting, async (tx, found, at) => {
		const run = runClock(found.meeting, running, at);
		if (!run.ok) return run;
		const saved = await saveChange(tx, found, run.value);
		const to = running ? 'running' : 'paused';
		await record(ctx, tx, found.organisationId, { action: 'meeting.run-clock', subject: { meetingId, to } });
		return ok(saved);
	});
}
