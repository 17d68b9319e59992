import type { Area } from './areas.ts';
import type { Language } from './keys.ts';
import type { Areas } from './translator.ts';

const FILES = import.meta.glob<object>(['../../../messages/*/*.json', '!**/cli.json', '!**/start.json'], { import: 'default' });

/** A browser fetches only its reader's language, and of that what its page shows. */
export async function loadAreas(language: Language, areas: readonly Area[]): Promise<Areas> {
	const loaded = await Promise.all(areas.map((area) => FILES[`../../../messages/${language}/${area}.json`]!()));
	return Object.fromEntries(areas.map((area, index) => [area, loaded[index]])) as Areas; // safe: each file is its area's
}
