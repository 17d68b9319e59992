import { z } from 'zod';
import { transaction } from '../../../db/client.ts';
import { loadReach } from '../../../db/repo/access.ts';
import { lockMeetingToClose } from '../../../db/repo/meeting-closing.ts';
import { carryStampedTask, stampedTasks } from '../../../db/repo/meeting-task.ts';
import { isMemberOn } from '../../../db/repo/team-membership.ts';
import { idSchema, type DocumentId, type MeetingId, type TaskId } from '../../../domain/ids.ts';
import { dayOf } from '../../../domain/iso-week.ts';
import { mayAttendMeeting } from '../../../domain/policy.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import { type CommandContext, record } from '../context.ts';

export const carryTaskSchema = z.object({ documentId: idSchema<DocumentId>(), taskId: idSchema<TaskId>() });
export type CarryTaskInput = z.infer<typeof carryTaskSchema>;

export interface CarryTaskFailure {
	readonly code: 'not-found' | 'meeting-not-open';
}

/** Danish: videreført. Answers for an overdue task: it is still right, and goes on. Whoever reads the plan may say so. */
export async function handleCarryTask(
	ctx: CommandContext,
	meetingId: MeetingId,
	{ documentId, taskId }: CarryTaskInput,
): Promise<Result<{ readonly revision: number }, CarryTaskFailure>> {
	const at = ctx.now();
	const { actor } = ctx.signedIn;
	const result = await transaction(ctx.db, async (tx) => {
		const place = await lockMeetingToClose(tx, meetingId);
		if (!place) return refuse({ code: 'not-found' });
		const { teamId, phase, items } = place.meeting;
		const isMember = await isMemberOn(tx, teamId, actor.personId, dayOf(at));
		if (!mayAttendMeeting(actor, { teamId, isMember })) return refuse({ code: 'not-found' });
		const caseIds = items.map(({ caseId }) => caseId);
		const stamped = await stampedTasks(tx, meetingId, caseIds);
		const task = stamped.find((each) => each.documentId === documentId && each.taskId === taskId);
		const reach = task && (await loadReach(tx, actor, task.caseId, at))?.reach;
		if (!task || !reach?.team) return refuse({ code: 'not-found' });
		if (phase !== 'open') return refuse({ code: 'meeting-not-open' });

		await carryStampedTask(tx, meetingId, { documentId, taskId, by: actor.personId, at });
		const subject = { meetingId, caseId: task.caseId, taskId };
		await record(ctx, tx, task.caseId, { action: 'meeting.answer-task', subject });
		return ok({ teamId, revision: place.revision + 1 });
	});
	if (!result.ok) return result;
	const { teamId, revision } = result.value;
	ctx.announce({ kind: 'meeting', meetingId, teamId, revision });
	return ok({ revision });
}
