import { areasOf } from '../lib/i18n/areas.ts';
import { loadAreas } from '../lib/i18n/catalogue.ts';
import type { LayoutLoad } from './$types.ts';

/** Runs where the page is made, so that the texts themselves never travel inside the page's data. */
export const load: LayoutLoad = async ({ data, route }) => ({
	...data,
	texts: await loadAreas(data.language, areasOf(route.id)),
});
