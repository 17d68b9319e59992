import type { Minutes, SnapshotView } from '../../../../../../server/api/minutes-view.ts';
import { orLeave } from '../../../../../lib/api/answer.ts';
import type { PageServerLoad } from './$types.ts';

export const load: PageServerLoad = async ({ fetch, url, params }) => {
	const minutes = await fetch(`/api/v1/minutes/${params.meetingId}/${params.caseId}`);
	await orLeave(minutes, { url });
	const { snapshotId } = (await minutes.json()) as Minutes;
	const response = await fetch(`/api/v1/snapshots/${snapshotId}`);
	await orLeave(response, { url });
	return { own: `/minutes/${params.meetingId}/${params.caseId}`, snapshot: (await response.json()) as SnapshotView };
};
