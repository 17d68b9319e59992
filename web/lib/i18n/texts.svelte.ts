/**
 * The reader's language, handed down by context: one object per page render, so that nothing on the server
 * is shared between two people.
 */
import { createContext } from 'svelte';
import type { Catalogue } from '../../../messages/da.ts';
import { Formats } from './format.ts';
import type { Language, TextKey, TextParameters, Translate } from './keys.ts';
import { createTranslator } from './translator.ts';

export class Texts {
	#language = $state.raw() as Language;
	#translate = $state.raw() as Translate;
	#format = $state.raw() as Formats;

	constructor(language: Language, catalogue: Catalogue) {
		this.#set(language, catalogue);
	}

	/** Changes the language of everything on the page; nothing that is being written is touched. */
	use(language: Language, catalogue: Catalogue): void {
		if (language !== this.#language) this.#set(language, catalogue);
	}

	#set(language: Language, catalogue: Catalogue): void {
		this.#language = language;
		this.#translate = createTranslator(language, catalogue);
		this.#format = new Formats(language);
	}

	get language(): Language {
		return this.#language;
	}

	/** Read it as `texts.format` in markup, so that a change of language is seen. */
	get format(): Formats {
		return this.#format;
	}

	/** May be destructured: `const { t } = useTexts()`. */
	readonly t = (key: TextKey, parameters?: TextParameters): string => this.#translate(key, parameters);
}

const [useTexts, setTexts] = createContext<Texts>();
export { setTexts, useTexts };
