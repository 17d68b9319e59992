/** Reloads language and theme, and nothing else: a page's own data is not read (and logged) again. */
export const PREFERENCES_DEPENDENCY = 'tavle:preferences';
