import { redirect, type Cookies } from '@sveltejs/kit';
import { localPath } from '../../lib/session/local-path.ts';
import { LANGUAGE_COOKIE, LANGUAGES, THEME_COOKIE, THEMES } from '../../preferences.ts';
import type { Actions } from './$types.ts';

const YEAR_SECONDS = 31_536_000;

/** Readable by scripts on purpose: it holds a taste, and nothing else. */
function remember(cookies: Cookies, url: URL, name: string, value: string | undefined): void {
	if (value !== undefined)
		cookies.set(name, value, {
			path: '/',
			maxAge: YEAR_SECONDS,
			sameSite: 'lax',
			httpOnly: false,
			secure: url.protocol === 'https:',
		});
}

export const actions: Actions = {
	language: async ({ request, cookies, url }) => {
		const form = await request.formData();
		remember(
			cookies,
			url,
			LANGUAGE_COOKIE,
			LANGUAGES.find((known) => known === form.get('language')),
		);
		redirect(303, localPath(form.get('to'), '/settings'));
	},
	theme: async ({ request, cookies, url }) => {
		const form = await request.formData();
		remember(
			cookies,
			url,
			THEME_COOKIE,
			THEMES.find((known) => known === form.get('theme')),
		);
		redirect(303, localPath(form.get('to'), '/settings'));
	},
};
