import type { PersonId, TeamId } from '../../../../domain/ids.ts';
import { orLeave } from '../../../lib/api/answer.ts';
import { apiOf } from '../../../lib/api/client.ts';
import { outcomeOf, textOf } from '../../../lib/forms/outcome.ts';
import type { Actions, PageServerLoad } from './$types.ts';

export const load: PageServerLoad = async ({ fetch, url }) => {
	const { people, teams } = apiOf(fetch).api.v1;
	const [found, all] = await Promise.all([people.$get(), teams.$get()]);
	await orLeave(found, { url });
	await orLeave(all, { url });
	return { people: found.ok ? await found.json() : [], teams: all.ok ? await all.json() : [] };
};

/** Several teams have the same form; which one is answered by the team's id. */
const formOf = (kind: 'add' | 'end', typed: FormData): string => `${kind}-${textOf(typed, 'teamId')}`;

export const actions: Actions = {
	create: async ({ request, fetch }) => {
		const typed = await request.formData();
		return outcomeOf('create', await apiOf(fetch).api.v1.teams.$post({ json: { name: textOf(typed, 'name') } }), typed);
	},
	add: async ({ request, fetch }) => {
		const typed = await request.formData();
		const response = await apiOf(fetch).api.v1.teams[':teamId'].members.$post({
			param: { teamId: textOf(typed, 'teamId') as TeamId },
			json: { personId: textOf(typed, 'personId') as PersonId, isLead: typed.has('isLead') },
		});
		return outcomeOf(formOf('add', typed), response, typed);
	},
	end: async ({ request, fetch }) => {
		const typed = await request.formData();
		const param = { teamId: textOf(typed, 'teamId') as TeamId, personId: textOf(typed, 'personId') as PersonId };
		return outcomeOf(
			formOf('end', typed),
			await apiOf(fetch).api.v1.teams[':teamId'].members[':personId'].$delete({ param }),
			typed,
		);
	},
};
