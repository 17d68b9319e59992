import type { Executor } from '../../../db/client.ts';
import { loadStandings } from '../../../db/repo/case-standing.ts';
import { openCasesOfTeam } from '../../../db/repo/meeting-agenda.ts';
import { deleteMeetingTasks } from '../../../db/repo/meeting-task.ts';
import type { CaseId, MeetingId } from '../../../domain/ids.ts';
import { changeAgenda, type ChangeAgendaRefusal } from '../../../domain/meeting/change-agenda.ts';
import type { Meeting } from '../../../domain/meeting/meeting.ts';
import { mayChairMeeting, reachOf } from '../../../domain/policy.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import { type CommandContext, record } from '../context.ts';
import type { AgendaInput } from './meeting.ts';
import { stampTasks } from './stamp-tasks.ts';
import { saveChange, transactionOnMeeting, type MeetingFailure, type MeetingSaved } from './transaction-on-meeting.ts';

/** The tasks of whoever comes on the agenda of a meeting that has begun are written down now, like the others' when it began. */
export async function handleChangeAgenda(
	ctx: CommandContext,
	meetingId: MeetingId,
	{ revision, caseIds }: AgendaInput,
): Promise<Result<MeetingSaved, MeetingFailure | ChangeAgendaRefusal>> {
	return transactionOnMeeting(ctx, meetingId, mayChairMeeting, async (tx, found, at) => {
		if (found.revision !== revision) return refuse({ code: 'meeting-changed' });
		const { meeting } = found;
		const waiting = [...caseIds, ...(await unseenWaiting(ctx, tx, meeting, at))];
		const changed = changeAgenda(meeting, waiting, new Set(await openCasesOfTeam(tx, meeting.teamId)));
		if (!changed.ok) return changed;
		const saved = await saveChange(tx, found, changed.value);
		const { added, gone } = difference(meeting, changed.value);
		await deleteMeetingTasks(tx, meetingId, gone);
		if (meeting.phase !== 'planned') await stampTasks(ctx, tx, meetingId, added);
		await record(ctx, tx, found.organisationId, { action: 'meeting.change-agenda', subject: { meetingId } });
		return ok(saved);
	});
}

/** Who waits and whom the caller could not name: they stay, after the others. */
async function unseenWaiting(
	{ signedIn: { actor } }: CommandContext,
	tx: Executor,
	{ items }: Meeting,
	at: Date,
): Promise<CaseId[]> {
	const waiting = items.filter(({ state }) => state === 'waiting').map(({ caseId }) => caseId);
	const standings = await loadStandings(tx, { caseIds: waiting, personIds: [actor.personId] }, at);
	const seen = standings.filter((row) => reachOf(row.actor, row.facts, row.standing).team).map(({ facts }) => facts.caseId);
	return waiting.filter((caseId) => !seen.includes(caseId));
}

function difference(before: Meeting, after: Meeting): { readonly added: CaseId[]; readonly gone: CaseId[] } {
	const [was, is] = [before, after].map(({ items }) => items.map(({ caseId }) => caseId)) as [CaseId[], CaseId[]];
	return { added: is.filter((caseId) => !was.includes(caseId)), gone: was.filter((caseId) => !is.includes(caseId)) };
}
