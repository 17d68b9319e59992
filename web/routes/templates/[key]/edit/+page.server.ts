import type { TemplateDetail } from '../../../../../server/api/templates.ts';
import { orLeave } from '../../../../lib/api/answer.ts';
import type { PageServerLoad } from './$types.ts';

/** A new version begins from the newest one. */
export const load: PageServerLoad = async ({ fetch, url, params }) => {
	const response = await fetch(`/api/v1/templates/${encodeURIComponent(params.key)}`);
	await orLeave(response, { url });
	return { template: (await response.json()) as TemplateDetail };
};
