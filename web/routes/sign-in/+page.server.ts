import { fail, redirect } from '@sveltejs/kit';
import { apiOf } from '../../lib/api/client.ts';
import { problemOf } from '../../lib/api/answer.ts';
import { localPath } from '../../lib/session/local-path.ts';
import { passCookies } from '../../lib/session/pass-cookies.ts';
import { pageGateway } from '../../page-gateway.ts';
import type { Actions, PageServerLoad } from './$types.ts';

export const load: PageServerLoad = ({ locals, url }) => {
	const to = localPath(url.searchParams.get('to'), '/');
	if (locals.signedIn) redirect(303, to);
	const { demo } = pageGateway();
	return { to, demoAddresses: demo?.addresses ?? [], demoPassword: demo?.password };
};

/** Why a sign-in was refused, as a text key's last part. Unknown person and wrong password are one. */
type Refusal = 'refused' | 'tooMany' | 'unavailable' | 'emailMissing' | 'passwordMissing';
const REFUSALS: Partial<Record<string, Refusal>> = {
	'wrong-credentials': 'refused',
	'invalid-input': 'refused',
	'too-many-attempts': 'tooMany',
};

export const actions: Actions = {
	in: async ({ request, fetch, cookies, url }) => {
		const form = await request.formData();
		const email = String(form.get('email') ?? '').trim();
		const password = String(form.get('password') ?? '');
		if (!email) return fail(400, { email, refusal: 'emailMissing' as Refusal });
		if (!password) return fail(400, { email, refusal: 'passwordMissing' as Refusal });
		const response = await apiOf(fetch).api.auth['sign-in'].email.$post({ json: { email, password } });
		if (!response.ok) {
			const { code } = await problemOf(response);
			return fail(response.status, { email, refusal: REFUSALS[code] ?? ('unavailable' as Refusal) });
		}
		passCookies(response, cookies);
		redirect(303, localPath(form.get('to') ?? url.searchParams.get('to'), '/'));
	},
	out: async ({ fetch, cookies, setHeaders }) => {
		const response = await apiOf(fetch).api.auth['sign-out'].$post();
		passCookies(response, cookies);
		const wiping = response.headers.get('clear-site-data');
		if (wiping) setHeaders({ 'clear-site-data': wiping });
		redirect(303, '/sign-in');
	},
};
