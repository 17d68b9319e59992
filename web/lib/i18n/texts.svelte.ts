/**
 * The reader's language, handed down by context: one object per page render, so that nothing on the server
 * is shared between two people.
 */
import { createContext, untrack } from 'svelte';
import type { Area } from './areas.ts';
import { loadAreas } from './catalogue.ts';
import { Formats } from './format.ts';
import type { Language, TextKey, TextParameters, Translate } from './keys.ts';
import { type Areas, createTranslator } from './translator.ts';

export class Texts {
	#language = $state.raw() as Language;
	#translate = $state.raw() as Translate;
	#format = $state.raw() as Formats;
	#areas: Areas = {};
	readonly #brought = new Set<Area>();

	constructor(language: Language, areas: Areas) {
		this.use(language, areas);
	}

	/** Another page's areas, or another language; nothing that is being written is touched. */
	use(language: Language, areas: Areas): void {
		const isSame = language === untrack(() => this.#language);
		// The page being left still shows its own areas, and what was brought stays until it is there in the other language.
		this.#areas = { ...this.#areas, ...areas };
		this.#translate = createTranslator(language, this.#areas);
		if (isSame) return;
		this.#language = language;
		this.#format = new Formats(language);
		if (this.#brought.size > 0) void this.bring(...this.#brought);
	}

	/** For what a page fetches when it already stands there: texts that are not among its own areas. */
	async bring(...areas: readonly Area[]): Promise<void> {
		const language = untrack(() => this.#language);
		for (const area of areas) this.#brought.add(area);
		const fetched = await loadAreas(language, areas);
		if (language === untrack(() => this.#language)) this.use(language, fetched);
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
