import { createInstance } from 'i18next';
import type { Catalogue } from '../../../messages/da.ts';
import type { Language, TextParameters, Translate } from './keys.ts';

/** One instance per call: a server renders for many people at once, and none may see another's language. */
export function createTranslator(language: Language, catalogue: Catalogue): Translate {
	const instance = createInstance();
	void instance.init({
		lng: language,
		fallbackLng: false,
		resources: { [language]: { translation: catalogue as unknown as Record<string, string> } },
		initAsync: false,
		nsSeparator: false,
		// Svelte escapes what it writes.
		interpolation: { escapeValue: false },
	});
	return (key, parameters?: TextParameters) => instance.t(key as never, parameters as never) as unknown as string;
}
