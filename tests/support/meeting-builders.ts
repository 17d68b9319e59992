/** Meetings to close, as the meeting's own commands leave them. */
import { newId } from '../../board/new-id.ts';
import type { Executor } from '../../db/client.ts';
import { meeting, meetingAttendance, meetingItem, meetingTask } from '../../db/schema/meetings.ts';
import type { CaseId, DocumentId, MeetingId, OrganisationId, PersonId, TaskId, TeamId } from '../../domain/ids.ts';
import { weekOf } from '../../domain/iso-week.ts';
import type { ItemState } from '../../domain/meeting/meeting.ts';
import { NOON } from './case-builders.ts';

export interface MeetingOptions {
	readonly team: { readonly id: TeamId; readonly organisationId: OrganisationId };
	readonly chairId: PersonId;
	readonly openedAt?: Date;
	readonly items: readonly { readonly caseId: CaseId; readonly state: ItemState }[];
	readonly attended?: readonly PersonId[];
	readonly tasks?: readonly { caseId: CaseId; documentId: DocumentId; taskId: TaskId; carriedBy?: PersonId }[];
}

/** Open since an hour, unless told otherwise. */
export async function anOpenMeeting(tx: Executor, options: MeetingOptions): Promise<MeetingId> {
	const { team, chairId, openedAt = new Date(NOON.getTime() - 3_600_000), items, attended = [chairId], tasks = [] } = options;
	const meetingId = newId<MeetingId>(openedAt.getTime());
	await tx.insert(meeting).values({
		...{ id: meetingId, organisationId: team.organisationId, teamId: team.id, week: weekOf(openedAt), phase: 'open' },
		...{ revision: 1, chairId, isCurtainDown: false, isCitizenPresent: false, plannedAt: openedAt, openedAt },
	});
	for (const [position, { caseId, state }] of items.entries()) {
		const since = state === 'current' ? openedAt : null;
		await tx.insert(meetingItem).values({ meetingId, caseId, position, state, budgetMs: 240_000, spentMs: 60_000, since });
	}
	for (const personId of attended) {
		await tx.insert(meetingAttendance).values({ meetingId, personId, firstSeenAt: openedAt, lastSeenAt: NOON });
	}
	for (const { carriedBy = null, ...task } of tasks) {
		await tx.insert(meetingTask).values({ meetingId, ...task, carriedBy, carriedAt: carriedBy && NOON });
	}
	return meetingId;
}
