import { isMemberOn } from '../../../db/repo/team-membership.ts';
import type { MeetingId } from '../../../domain/ids.ts';
import { dayOf } from '../../../domain/iso-week.ts';
import { handChair } from '../../../domain/meeting/chair.ts';
import type { NotOpen } from '../../../domain/meeting/park.ts';
import { mayChairMeeting } from '../../../domain/policy.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import { type CommandContext, record } from '../context.ts';
import type { HandChairInput } from './meeting.ts';
import { saveChange, transactionOnMeeting, type MeetingFailure, type MeetingSaved } from './transaction-on-meeting.ts';

/** To a member of the team; to oneself, when whoever asked does not get it. */
export async function handleHandChair(
	ctx: CommandContext,
	meetingId: MeetingId,
	{ personId }: HandChairInput,
): Promise<Result<MeetingSaved, MeetingFailure | NotOpen>> {
	return transactionOnMeeting(ctx, meetingId, mayChairMeeting, async (tx, found, at) => {
		if (!(await isMemberOn(tx, found.meeting.teamId, personId, dayOf(at)))) return refuse({ code: 'not-found' });
		const handed = handChair(found.meeting, personId);
		if (!handed.ok) return handed;
		const saved = await saveChange(tx, found, handed.value);
		await record(ctx, tx, found.organisationId, { action: 'meeting.hand-chair', subject: { meetingId, personId } });
		return ok(saved);
	});
}
