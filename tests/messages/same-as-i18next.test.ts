/** Our translator is forty lines because a page may fetch little; i18next, whose format the catalogues have, is the judge. */
import { createInstance } from 'i18next';
import { expect, test } from 'vitest';
import da from '../../messages/da.ts';
import en from '../../messages/en.ts';
import type { TextKey } from '../../web/lib/i18n/keys.ts';
import { createTranslator } from '../../web/lib/i18n/translator.ts';

type Tree = { readonly [name: string]: string | Tree };

const keysOf = (tree: Tree, path: string[] = []): string[] =>
	Object.entries(tree).flatMap(([name, value]) =>
		typeof value === 'string' ? [[...path, name.replace(/_(one|other)$/, '')].join('.')] : keysOf(value, [...path, name]),
	);

const parametersOf = (tree: Tree): string[] => [...JSON.stringify(tree).matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name!);

test.each([
	['da', da],
	['en', en],
] as const)('every text of %s reads as i18next reads it, at every count', (language, catalogue) => {
	const judge = createInstance();
	void judge.init({
		lng: language,
		resources: { [language]: { translation: catalogue as unknown as Record<string, string> } },
		...{ initAsync: false, nsSeparator: false, interpolation: { escapeValue: false } },
	});
	const ours = createTranslator(language, catalogue);
	const words = Object.fromEntries(parametersOf(catalogue).map((name) => [name, `<${name} & "$&">`]));
	const keys = new Set(keysOf(catalogue));
	expect(keys.size).toBeGreaterThan(300);
	for (const key of keys)
		for (const count of [0, 1, 2, 21, 1.5])
			expect(ours(key as TextKey, { ...words, count }), `${key} at ${count}`).toBe(judge.t(key, { ...words, count }));
});
