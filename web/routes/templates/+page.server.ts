import type { TemplateListEntry } from '../../../server/api/templates.ts';
import { orLeave } from '../../lib/api/answer.ts';
import type { PageServerLoad } from './$types.ts';

export const load: PageServerLoad = async ({ fetch, url }) => {
	const response = await fetch('/api/v1/template-versions');
	await orLeave(response, { url });
	return { templates: (await response.json()) as TemplateListEntry[] };
};
