import { redirect } from '@sveltejs/kit';
import type { CaseId, PlacementId } from '../../../../../domain/ids.ts';
import type { HistoryView, RestoreQuestion } from '../../../../../server/api/history-view.ts';
import { orLeave } from '../../../../lib/api/answer.ts';
import { apiOf } from '../../../../lib/api/client.ts';
import { outcomeOf, textOf, textOrNull } from '../../../../lib/forms/outcome.ts';
import type { Actions, PageServerLoad } from './$types.ts';

const ASKED = ['week', 'placementId', 'at'] as const;

/** `?week=`, `?placementId=` and `?at=`, a sequence, say what of the past is looked at; `?restore` asks whether to go back there. */
export const load: PageServerLoad = async ({ fetch, url, params }) => {
	const asked = new URLSearchParams(
		ASKED.flatMap((name) => {
			const value = url.searchParams.get(name);
			return value ? [[name, value]] : [];
		}),
	);
	const response = await fetch(`/api/v1/cases/${params.id}/history?${asked}`);
	await orLeave(response, { url });
	const history = (await response.json()) as HistoryView;
	const isAsked = url.searchParams.has('restore') && history.mayRestore && history.shown;
	return { history, question: isAsked ? await questionOf(history, isAsked.seq, fetch, url) : undefined };
};

async function questionOf(
	{ caseId, placementId }: HistoryView,
	seq: number,
	fetch: typeof globalThis.fetch,
	url: URL,
): Promise<RestoreQuestion> {
	const asked = new URLSearchParams({ seq: String(seq), ...(placementId && { placementId }) });
	const response = await fetch(`/api/v1/cases/${caseId}/history/restore?${asked}`);
	await orLeave(response, { url });
	return (await response.json()) as RestoreQuestion;
}

export const actions: Actions = {
	restore: async ({ request, fetch, params }) => {
		const typed = await request.formData();
		const placementId = textOrNull(typed, 'placementId') as PlacementId | null;
		const json = { seq: Number(textOf(typed, 'seq')), ...(placementId && { placementId }) };
		const history = apiOf(fetch).api.v1.cases[':caseId'].history;
		const answer = await history.restore.$post({ param: { caseId: params.id as CaseId }, json });
		if (!answer.ok) return outcomeOf('restore', answer, typed);
		redirect(303, `/cases/${params.id}/history${placementId ? `?placementId=${placementId}` : ''}`);
	},
	giveBack: async ({ request, fetch, params }) => {
		const typed = await request.formData();
		const placementId = textOrNull(typed, 'placementId') as PlacementId | null;
		const json = { field: textOf(typed, 'field'), seq: Number(textOf(typed, 'seq')), ...(placementId && { placementId }) };
		const history = apiOf(fetch).api.v1.cases[':caseId'].history;
		return outcomeOf('giveBack', await history['give-back'].$post({ param: { caseId: params.id as CaseId }, json }), typed);
	},
};
