import type { OrganisationId } from '../../../../domain/ids.ts';
import { PROFESSIONS, type Profession } from '../../../../domain/people.ts';
import { orLeave } from '../../../lib/api/answer.ts';
import { apiOf } from '../../../lib/api/client.ts';
import { outcomeOf, textOf } from '../../../lib/forms/outcome.ts';
import type { Actions, PageServerLoad } from './$types.ts';

export const load: PageServerLoad = async ({ fetch, url }) => {
	const { people, organisations } = apiOf(fetch).api.v1;
	const [found, places] = await Promise.all([people.$get(), organisations.$get()]);
	await orLeave(found, { url });
	await orLeave(places, { url });
	return {
		people: found.ok ? await found.json() : [],
		organisations: places.ok ? await places.json() : [],
		professions: PROFESSIONS,
	};
};

export const actions: Actions = {
	create: async ({ request, fetch }) => {
		const typed = await request.formData();
		const json = {
			name: textOf(typed, 'name'),
			email: textOf(typed, 'email').trim(),
			profession: textOf(typed, 'profession') as Profession,
			organisationId: textOf(typed, 'organisationId') as OrganisationId,
			password: textOf(typed, 'password'),
		};
		return outcomeOf('create', await apiOf(fetch).api.v1.people.$post({ json }), typed);
	},
};
