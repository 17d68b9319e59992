import type { Catalogue } from '../../../messages/da.ts';
import type { Language, TextParameters, Translate } from './keys.ts';

/** The areas a page has fetched. */
export type Areas = Partial<Catalogue>;
type Tree = { readonly [name: string]: string | Tree | undefined };

/**
 * Looks up texts in the catalogues' format, i18next JSON v4: dots go down the tree, `{{name}}` is put in as it is
 * (Svelte escapes what it writes), `count` chooses `_one` or `_other`. A text that is missing shows its key.
 */
export function createTranslator(language: Language, areas: Areas): Translate {
	const plurals = new Intl.PluralRules(language);
	return (key, parameters = {}) => {
		const count = parameters['count'];
		const plural = typeof count === 'number' ? textAt(areas, `${key}_${plurals.select(count)}`) : undefined;
		return filled(plural ?? textAt(areas, key) ?? key, parameters);
	};
}

function textAt(areas: Tree, key: string): string | undefined {
	let here: Tree | string | undefined = areas;
	for (const name of key.split('.')) here = typeof here === 'object' ? here[name] : undefined;
	return typeof here === 'string' ? here : undefined;
}

function filled(text: string, parameters: TextParameters): string {
	return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(parameters[name] ?? ''));
}
