import type { CaseId, MeetingId, TeamId } from '../ids.ts';
import type { IsoWeek } from '../iso-week.ts';
import type { AgendaItem, PlannedMeeting } from './meeting.ts';

/** What each citizen is given unless time is borrowed: 4 minutes, in milliseconds. */
export const ITEM_BUDGET_MS = 4 * 60_000;

export function waitingItem(caseId: CaseId): AgendaItem {
	return { caseId, budgetMs: ITEM_BUDGET_MS, spentMs: 0, state: 'waiting' };
}

/** @param caseIds the proposed agenda, each case once */
export function planMeeting(
	{ id, teamId, week }: { readonly id: MeetingId; readonly teamId: TeamId; readonly week: IsoWeek },
	caseIds: readonly CaseId[],
): PlannedMeeting {
	return { phase: 'planned', id, teamId, week, items: caseIds.map(waitingItem) };
}
