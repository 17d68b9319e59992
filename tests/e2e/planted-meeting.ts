/** A planted case in two meetings of its team: one that was closed and has minutes, and one that is at the citizen now. */
import type { Minutes, SnapshotView } from '../../server/api/minutes-view.ts';
import type { ReconciliationView } from '../../server/api/meeting-closing.ts';
import type { ApiCaller } from '../support/signed-in.ts';
import { agendaOf } from './meeting-page.ts';
import { CITIZEN } from './planted-case.ts';

/** Everything the API answers of them to whoever asks for it by its address. */
export async function meetingPathsOf(lead: ApiCaller, caseId: string): Promise<readonly string[]> {
	const closedId = await begin(lead, caseId);
	await close(lead, closedId);
	const openId = await begin(lead, caseId);
	const { snapshotId } = await lead.get<Minutes>(`/minutes/${closedId}/${caseId}`);
	const { parts } = await lead.get<SnapshotView>(`/snapshots/${snapshotId}`);
	return [
		...['meetings', 'meetings/past', `minutes/${closedId}`, `minutes/${closedId}/${caseId}`],
		...[closedId, openId].flatMap((id) =>
			['', `/cases/${caseId}/board`, '/reconciliation', '/wall'].map((end) => `meetings/${id}${end}`),
		),
		...[`snapshots/${snapshotId}`, `snapshots/compare?from=${snapshotId}&to=${snapshotId}`],
		...parts.map(({ id }) => `snapshots/${snapshotId}/parts/${id}/document`),
	];
}

async function begin(lead: ApiCaller, caseId: string): Promise<string> {
	const { leads } = await lead.get<{ leads: string[] }>('/me');
	const { meetingId } = await lead.send<{ meetingId: string }>('POST', '/meetings', { teamId: leads[0], extra: true });
	await agendaOf(lead, meetingId, [CITIZEN]);
	await lead.send('POST', `/meetings/${meetingId}/open`);
	await lead.send('POST', `/meetings/${meetingId}/move`, { caseId });
	return meetingId;
}

async function close(lead: ApiCaller, meetingId: string): Promise<void> {
	const { unanswered } = await lead.get<ReconciliationView>(`/meetings/${meetingId}/reconciliation`);
	for (const { documentId, taskId } of unanswered)
		await lead.send('POST', `/meetings/${meetingId}/tasks/carry`, { documentId, taskId });
	await lead.send('POST', `/meetings/${meetingId}/close`);
}
