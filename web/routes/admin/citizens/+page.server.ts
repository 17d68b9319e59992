import type { CitizenId, TeamId } from '../../../../domain/ids.ts';
import { isDay, type Day } from '../../../../domain/iso-week.ts';
import { orLeave } from '../../../lib/api/answer.ts';
import { apiOf } from '../../../lib/api/client.ts';
import { dayOrNull, outcomeOf, textOf, textOrNull } from '../../../lib/forms/outcome.ts';
import type { Actions, PageServerLoad } from './$types.ts';

export const load: PageServerLoad = async ({ fetch, url }) => {
	const { citizens, teams, templates } = apiOf(fetch).api.v1;
	const [found, groups, programmes] = await Promise.all([citizens.$get(), teams.$get(), templates.$get()]);
	for (const response of [found, groups, programmes]) await orLeave(response, { url });
	return {
		citizens: found.ok ? await found.json() : [],
		teams: groups.ok ? await groups.json() : [],
		templates: programmes.ok ? await programmes.json() : [],
		/** The receipt of an erasure: from this day nothing is left anywhere. */
		erased: erasedOf(url),
	};
};

function erasedOf(url: URL): Day | undefined {
	const day = url.searchParams.get('erased');
	return day !== null && isDay(day) ? day : undefined;
}

/** Always with its year: the nearest 3.5 is nobody's birthday. */
function birthDayOf(typed: FormData): string | null {
	const text = textOrNull(typed, 'birthDay');
	return text && /\d{4}/.test(text) ? dayOrNull(typed, 'birthDay') : text;
}

export const actions: Actions = {
	create: async ({ request, fetch }) => {
		const typed = await request.formData();
		const json = { name: textOf(typed, 'name'), birthDay: birthDayOf(typed), cpr: textOrNull(typed, 'cpr') };
		return outcomeOf('create', await apiOf(fetch).api.v1.citizens.$post({ json }), typed);
	},
	open: async ({ request, fetch }) => {
		const typed = await request.formData();
		const json = {
			citizenId: textOf(typed, 'citizenId') as CitizenId,
			teamId: textOf(typed, 'teamId') as TeamId,
			templateKey: textOf(typed, 'templateKey'),
			releaseDay: dayOrNull(typed, 'releaseDay'),
		};
		return outcomeOf('open', await apiOf(fetch).api.v1.cases.$post({ json }), typed);
	},
};
