import type { OrganisationId } from '../../../../domain/ids.ts';
import type { OfflineTextRule } from '../../../../domain/offline-text.ts';
import { ORGANISATION_KINDS, type OrganisationKind } from '../../../../domain/people.ts';
import { orLeave } from '../../../lib/api/answer.ts';
import { apiOf } from '../../../lib/api/client.ts';
import { outcomeOf, textOf } from '../../../lib/forms/outcome.ts';
import type { Actions, PageServerLoad } from './$types.ts';

export const load: PageServerLoad = async ({ fetch, url }) => {
	const response = await apiOf(fetch).api.v1.organisations.$get();
	await orLeave(response, { url });
	return { organisations: response.ok ? await response.json() : [], kinds: ORGANISATION_KINDS };
};

export const actions: Actions = {
	create: async ({ request, fetch }) => {
		const typed = await request.formData();
		const response = await apiOf(fetch).api.v1.organisations.$post({
			json: { name: textOf(typed, 'name'), kind: textOf(typed, 'kind') as OrganisationKind },
		});
		return outcomeOf('create', response, typed);
	},
	setOfflineText: async ({ request, fetch }) => {
		const typed = await request.formData();
		const response = await apiOf(fetch).api.v1.organisations[':organisationId']['offline-text'].$put({
			param: { organisationId: textOf(typed, 'organisationId') as OrganisationId },
			json: { rule: textOf(typed, 'rule') as OfflineTextRule },
		});
		return outcomeOf('setOfflineText', response, typed);
	},
};
