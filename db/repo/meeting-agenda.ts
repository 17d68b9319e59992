import { and, asc, desc, eq, inArray, isNull } from 'drizzle-orm';
import type { CaseId, TeamId } from '../../domain/ids.ts';
import type { IsoWeek } from '../../domain/iso-week.ts';
import type { LastAgenda } from '../../domain/meeting/agenda.ts';
import type { Executor } from '../client.ts';
import { citizenCase } from '../schema/cases.ts';
import { meeting, meetingItem } from '../schema/meetings.ts';
import { among } from './among.ts';

export async function openCasesOfTeam(tx: Executor, teamId: TeamId): Promise<CaseId[]> {
	const open = and(eq(citizenCase.teamId, teamId), isNull(citizenCase.closedAt));
	const rows = await tx.select({ id: citizenCase.id }).from(citizenCase).where(open);
	return rows.map(({ id }) => id as CaseId); // safe: written by us
}

/** What the team's last closed meeting leaves to the next; undefined when there was none. */
export async function lastAgendaOf(tx: Executor, teamId: TeamId): Promise<LastAgenda | undefined> {
	const [last] = await tx
		.select({ id: meeting.id })
		.from(meeting)
		.where(and(eq(meeting.teamId, teamId), eq(meeting.phase, 'closed')))
		.orderBy(desc(meeting.closedAt))
		.limit(1);
	if (!last) return undefined;
	const items = await tx
		.select({ caseId: meetingItem.caseId, state: meetingItem.state })
		.from(meetingItem)
		.where(eq(meetingItem.meetingId, last.id))
		.orderBy(asc(meetingItem.position));
	const notReached = items.filter(({ state }) => state === 'not-reached').map(({ caseId }) => caseId as CaseId);
	return { startedWith: (items[0]?.caseId ?? null) as CaseId | null, notReached };
}

export interface Discussed {
	readonly week: IsoWeek;
	readonly closedAt: Date;
}

/** When each case was last talked of in a meeting that is closed. */
export async function lastDiscussed(tx: Executor, caseIds: readonly CaseId[]): Promise<Map<CaseId, Discussed>> {
	if (caseIds.length === 0) return new Map();
	const rows = await tx
		.selectDistinctOn([meetingItem.caseId], { caseId: meetingItem.caseId, week: meeting.week, closedAt: meeting.closedAt })
		.from(meetingItem)
		.innerJoin(meeting, eq(meeting.id, meetingItem.meetingId))
		.where(and(among(meetingItem.caseId, caseIds), eq(meeting.phase, 'closed'), inArray(meetingItem.state, ['done', 'current'])))
		.orderBy(meetingItem.caseId, desc(meeting.closedAt));
	return new Map(rows.map(({ caseId, week, closedAt }) => [caseId as CaseId, { week: week as IsoWeek, closedAt: closedAt! }])); // checked by meeting_closed
}
