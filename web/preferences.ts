import type { Cookies } from '@sveltejs/kit';

/** Cookies a reader sets for this device; they say nothing about a person. */
export const LANGUAGE_COOKIE = 'tavle-language';
export const THEME_COOKIE = 'tavle-theme';

export const LANGUAGES = ['da', 'en'] as const;
export const THEMES = ['system', 'light', 'dark', 'contrast'] as const;

export interface Preferences {
	language: (typeof LANGUAGES)[number];
	theme: (typeof THEMES)[number];
}

/** Danish is what the house speaks: a browser's language alone does not change it. */
export function readPreferences(cookies: Pick<Cookies, 'get'>): Preferences {
	return {
		language: LANGUAGES.find((known) => known === cookies.get(LANGUAGE_COOKIE)) ?? 'da',
		theme: THEMES.find((known) => known === cookies.get(THEME_COOKIE)) ?? 'system',
	};
}
