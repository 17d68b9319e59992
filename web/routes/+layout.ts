import { loadCatalogue } from '../lib/i18n/catalogue.ts';
import type { LayoutLoad } from './$types.ts';

/** Runs where the page is made, so that the texts themselves never travel inside the page's data. */
export const load: LayoutLoad = async ({ data }) => ({ ...data, catalogue: await loadCatalogue(data.language) });
