import type { TemplateDetail } from '../../../../server/api/templates.ts';
import { orLeave } from '../../../lib/api/answer.ts';
import { apiOf } from '../../../lib/api/client.ts';
import { dayTextOf, outcomeOf, textOf } from '../../../lib/forms/outcome.ts';
import type { Actions, PageServerLoad } from './$types.ts';

export const load: PageServerLoad = async ({ fetch, url, params }) => {
	const version = url.searchParams.get('version');
	const response = await fetch(
		`/api/v1/templates/${encodeURIComponent(params.key)}${version ? `?version=${Number(version)}` : ''}`,
	);
	await orLeave(response, { url });
	return { template: (await response.json()) as TemplateDetail };
};

export const actions: Actions = {
	retire: async ({ request, fetch, params }) => {
		const typed = await request.formData();
		const response = await apiOf(fetch).api.v1.templates[':key'].retire.$post({
			param: { key: params.key },
			json: { baseVersion: Number(textOf(typed, 'baseVersion')), from: dayTextOf(typed, 'fromDay') },
		});
		return outcomeOf('retire', response, typed);
	},
};
