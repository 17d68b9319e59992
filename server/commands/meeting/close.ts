import { StampedTasks } from '../../../board/tasks-now.ts';
import { transaction } from '../../../db/client.ts';
import type { ChainId } from '../../../db/repo/audit.ts';
import { attendanceOf } from '../../../db/repo/meeting-attendance.ts';
import { lockMeetingToClose } from '../../../db/repo/meeting-closing.ts';
import { stampedTasks } from '../../../db/repo/meeting-task.ts';
import { saveMeeting } from '../../../db/repo/meeting.ts';
import { membersOn } from '../../../db/repo/team-membership.ts';
import type { AuditEntry } from '../../../domain/audit-entry.ts';
import type { MeetingId } from '../../../domain/ids.ts';
import { dayOf } from '../../../domain/iso-week.ts';
import { closeMeeting, isDiscussed, type CloseMeetingRefusal } from '../../../domain/meeting/close-meeting.ts';
import type { ClosedMeeting } from '../../../domain/meeting/meeting.ts';
import { reconcile } from '../../../domain/meeting/reconcile.ts';
import { mayAttendMeeting, mayLeadMeeting } from '../../../domain/policy.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import { lockBoards } from '../../log/lock-boards.ts';
import { type CommandContext, recordAll } from '../context.ts';
import { recordCases, type RecordedCase } from './closing-cases.ts';

export type CloseMeetingFailure = CloseMeetingRefusal | { readonly code: 'not-found' | 'forbidden' };

/** What closing came to, in figures. */
export interface MeetingClosed {
	readonly closedAt: Date;
	readonly revision: number;
	/** Cases with a snapshot and minutes. */
	readonly recorded: number;
	readonly open: number;
	readonly done: number;
	readonly carried: number;
	readonly dropped: number;
}

/** Told while it works: each discussed case counts twice, once when it is read and once when it is recorded. */
export type ClosingProgress = (done: number, of: number) => void;

/**
 * Closes a meeting and records every case it talked of: all of it or nothing. The documents stand still while it works and
 * are free afterwards; what is written then belongs to the next week.
 */
export async function handleCloseMeeting(
	ctx: CommandContext,
	meetingId: MeetingId,
	onProgress: ClosingProgress = () => undefined,
): Promise<Result<MeetingClosed, CloseMeetingFailure>> {
	const at = ctx.now();
	const today = dayOf(at);
	const result = await transaction(ctx.db, async (tx) => {
		const place = await lockMeetingToClose(tx, meetingId);
		if (!place) return refuse({ code: 'not-found' });
		const { meeting } = place;
		const members = await membersOn(tx, meeting.teamId, today);
		const team = { teamId: meeting.teamId, isMember: members.includes(ctx.signedIn.actor.personId) };
		if (!mayAttendMeeting(ctx.signedIn.actor, team)) return refuse({ code: 'not-found' });
		if (!mayLeadMeeting(ctx.signedIn.actor, team)) return refuse({ code: 'forbidden' });
		const early = closeMeeting(meeting, [], at);
		if (!early.ok) return early;

		const caseIds = meeting.items.filter(isDiscussed).map(({ caseId }) => caseId);
		const steps = caseIds.length * 2;
		const boards = await lockBoards(tx, ctx.keys, caseIds, (done, of) => onProgress((caseIds.length * done) / of, steps));
		const readable = new Set(boards.map(({ id }) => id));
		const stamped = (await stampedTasks(tx, meetingId, caseIds)).filter(({ documentId }) => readable.has(documentId));
		const tasks = new StampedTasks(boards.map(({ id, projection }) => ({ id, tasks: projection.tasks })));
		const reconciliation = reconcile(stamped, tasks.now, today);
		const unaccounted = reconciliation.unanswered.map(({ taskId }) => taskId);
		const closed = closeMeeting(meeting, unaccounted, at);
		if (!closed.ok) return closed;

		const closing = { place, meeting: closed.value, attendance: await attendanceOf(tx, meetingId), members, today };
		const recorded = await recordCases(ctx, tx, closing, boards, reconciliation, (done) =>
			onProgress(caseIds.length + done, steps),
		);
		if (!(await saveMeeting(tx, place, closed.value))) return refuse({ code: 'meeting-not-open' });
		await recordAll(ctx, tx, entriesFor(closed.value, recorded, place.organisationId));
		const { open, done, carried, dropped } = reconciliation;
		return ok({
			...{ closedAt: at, revision: place.revision + 1, recorded: recorded.length, open },
			...{ done: done.length, carried: carried.length, dropped: dropped.length, teamId: meeting.teamId },
		});
	});
	if (!result.ok) return result;
	const { teamId, ...figures } = result.value;
	ctx.announce({ kind: 'meeting', meetingId, teamId, revision: figures.revision });
	return ok(figures);
}

/** One in the organisation's chain, and one in the chain of each case that was recorded. */
function entriesFor(
	{ id: meetingId, teamId }: ClosedMeeting,
	recorded: readonly RecordedCase[],
	organisationId: ChainId,
): ReadonlyMap<ChainId, AuditEntry> {
	const whole: AuditEntry = { action: 'meeting.close', subject: { meetingId, teamId } };
	return new Map<ChainId, AuditEntry>([
		[organisationId, whole],
		...recorded.map(({ caseId, snapshotId }) => {
			const entry: AuditEntry = { action: 'meeting.close', subject: { meetingId, caseId, snapshotId } };
			return [caseId, entry] as const;
		}),
	]);
}
