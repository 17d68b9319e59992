import type { TeamProjection } from '../../../board/project.ts';
import { waitsOnTeam } from '../../../board/waits-on-team.ts';
import type { Executor } from '../../../db/client.ts';
import { loadLastWrites } from '../../../db/repo/case-told.ts';
import { loadLatestObservations } from '../../../db/repo/document-read.ts';
import { documentsOf } from '../../../db/repo/document.ts';
import { lastDiscussed } from '../../../db/repo/meeting-agenda.ts';
import type { CaseId } from '../../../domain/ids.ts';
import { dayOf } from '../../../domain/iso-week.ts';
import { agendaSignal } from '../../../domain/meeting/agenda-signal.ts';
import type { AgendaCase } from '../../../domain/meeting/agenda.ts';
import type { CommandContext } from '../context.ts';

/**
 * What each of a team's cases brings to the next agenda. Only what whoever reads the plan may read has a say: the order is
 * seen by everybody at the meeting, and must not tell that there is something else.
 */
export async function agendaCases(
	{ log }: CommandContext,
	tx: Executor,
	caseIds: readonly CaseId[],
	at: Date,
): Promise<readonly AgendaCase[]> {
	if (caseIds.length === 0) return [];
	const discussed = await lastDiscussed(tx, caseIds);
	const told = await lastTold(tx, caseIds);
	const cases: AgendaCase[] = [];
	for (const caseId of caseIds) {
		const discussedAt = discussed.get(caseId)?.closedAt;
		const toldMs = told.get(caseId);
		const { isNews, isSilent } = agendaSignal(toldMs === undefined ? undefined : new Date(toldMs), discussedAt, at);
		const team = (await documentsOf(tx, caseId)).find(({ compartment }) => compartment.kind === 'team');
		const plan = team && (await log.readProjection(tx, team.id))?.projection;
		const waits = plan !== undefined && waitsOnTeam(plan as TeamProjection, discussedAt, dayOf(at)); // safe: the team's
		cases.push({ caseId, discussedAt, hasReason: isNews || isSilent || waits });
	}
	return cases;
}

/** When anybody last wrote in the plan, or shared an observation with all who read it; in milliseconds. */
async function lastTold(tx: Executor, caseIds: readonly CaseId[]): Promise<ReadonlyMap<CaseId, number>> {
	const written = (await loadLastWrites(tx, caseIds)).filter(({ kind }) => kind === 'team');
	const shared = (await loadLatestObservations(tx, caseIds)).filter(({ compartment }) => compartment === 'team');
	const told = new Map<CaseId, number>();
	for (const [caseId, at] of [
		...written.map((row) => [row.caseId, row.at] as const),
		...shared.map((row) => [row.caseId, row.sharedAt] as const),
	])
		told.set(caseId, Math.max(told.get(caseId) ?? 0, at.getTime()));
	return told;
}
