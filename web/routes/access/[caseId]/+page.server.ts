import { redirect } from '@sveltejs/kit';
import type { AccessBasis } from '../../../../domain/disclosure/access-basis.ts';
import type { AccessId, CaseId, OrganisationId, PersonId, PlacementId } from '../../../../domain/ids.ts';
import { orLeave } from '../../../lib/api/answer.ts';
import { apiOf } from '../../../lib/api/client.ts';
import { dayOrNull, dayTextOf, outcomeOf, textOf, textOrNull } from '../../../lib/forms/outcome.ts';
import type { Actions, PageServerLoad } from './$types.ts';

const caseOf = (params: { readonly caseId: string }) => ({ caseId: params.caseId as CaseId });

export const load: PageServerLoad = async ({ fetch, url, params }) => {
	const { cases, people, organisations } = apiOf(fetch).api.v1;
	const administration = await cases[':caseId'].access.$get({ param: caseOf(params) });
	await orLeave(administration, { url });
	const [everybody, places] = await Promise.all([people.$get(), organisations.$get()]);
	for (const response of [everybody, places]) await orLeave(response, { url });
	return {
		access: administration.ok ? await administration.json() : undefined,
		people: everybody.ok ? await everybody.json() : [],
		companies: places.ok ? (await places.json()).filter(({ kind }) => kind === 'company') : [],
	};
};

export const actions: Actions = {
	give: async ({ request, fetch, params }) => {
		const typed = await request.formData();
		const json = {
			personId: textOf(typed, 'personId') as PersonId,
			placementId: textOrNull(typed, 'placementId') as PlacementId | null,
			basis: textOf(typed, 'basis') as AccessBasis,
			untilDay: dayTextOf(typed, 'untilDay'),
			addsClinical: typed.has('addsClinical'),
			addsJustice: typed.has('addsJustice'),
		};
		return outcomeOf('give', await apiOf(fetch).api.v1.cases[':caseId'].access.$post({ param: caseOf(params), json }), typed);
	},
	end: async ({ request, fetch, params }) => {
		const typed = await request.formData();
		const param = { ...caseOf(params), accessId: textOf(typed, 'accessId') as AccessId };
		return outcomeOf('end', await apiOf(fetch).api.v1.cases[':caseId'].access[':accessId'].$delete({ param }), typed);
	},
	assign: async ({ request, fetch, params }) => {
		const typed = await request.formData();
		const fromDay = dayOrNull(typed, 'fromDay');
		const json = { personId: textOf(typed, 'personId') as PersonId, ...(fromDay && { fromDay }) };
		return outcomeOf(
			'assign',
			await apiOf(fetch).api.v1.cases[':caseId'].coordinator.$put({ param: caseOf(params), json }),
			typed,
		);
	},
	place: async ({ request, fetch, params }) => {
		const typed = await request.formData();
		const json = {
			companyId: textOf(typed, 'companyId') as OrganisationId,
			fromDay: dayTextOf(typed, 'fromDay'),
			untilDay: dayOrNull(typed, 'untilDay'),
		};
		return outcomeOf(
			'place',
			await apiOf(fetch).api.v1.cases[':caseId'].placements.$post({ param: caseOf(params), json }),
			typed,
		);
	},
	erase: async ({ request, fetch, params }) => {
		const typed = await request.formData();
		const json = { initials: textOf(typed, 'initials') };
		const answer = await apiOf(fetch).api.v1.cases[':caseId'].erase.$post({ param: caseOf(params), json });
		if (!answer.ok) return outcomeOf('erase', answer, typed);
		redirect(303, `/admin/citizens?erased=${(await answer.json()).goneForGoodOn}`);
	},
	close: async ({ request, fetch, params }) => {
		const typed = await request.formData();
		return outcomeOf('close', await apiOf(fetch).api.v1.cases[':caseId'].close.$post({ param: caseOf(params) }), typed);
	},
};
