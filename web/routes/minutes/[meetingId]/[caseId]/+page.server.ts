import type { Minutes, Words } from '../../../../../server/api/minutes-view.ts';
import { orLeave } from '../../../../lib/api/answer.ts';
import type { PageServerLoad } from './$types.ts';

/** `?from=` names an earlier snapshot to compare with. */
export const load: PageServerLoad = async ({ fetch, url, params }) => {
	const response = await fetch(`/api/v1/minutes/${params.meetingId}/${params.caseId}`);
	await orLeave(response, { url });
	const minutes = (await response.json()) as Minutes;
	const from = minutes.snapshots.find(({ id }) => id === url.searchParams.get('from'));
	const place = { meetingId: params.meetingId, caseId: params.caseId };
	if (!from) return { ...place, minutes, comparison: null };
	const compared = await fetch(`/api/v1/snapshots/compare?from=${from.id}&to=${minutes.snapshotId}`);
	await orLeave(compared, { url });
	const { changes } = (await compared.json()) as { changes: Words[] };
	return { ...place, minutes, comparison: { from, changes } };
};
