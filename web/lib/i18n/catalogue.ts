import type { Catalogue } from '../../../messages/da.ts';
import type { Language } from './keys.ts';

/** A browser fetches only its reader's language. */
export async function loadCatalogue(language: Language): Promise<Catalogue> {
	const module = language === 'en' ? await import('../../../messages/en.ts') : await import('../../../messages/da.ts');
	return module.default;
}
