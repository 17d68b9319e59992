/**
 * The one content model of what the product writes for people to keep: minutes now, letters and reports with it. A document is
 * made of facts by a pure function, in no language; whoever renders it looks the words up, so that Danish and English are the
 * same document, on a page and on paper.
 */
import type { Day, IsoWeek } from '../../domain/iso-week.ts';
import type { Label } from '../../domain/programme/template.ts';
import type { TextKey } from '../../messages/text-key.ts';

export type Words =
	/** From the catalogue; parameters are words themselves, and a number as `count` chooses the plural. */
	| { readonly key: TextKey; readonly with?: Readonly<Record<string, Words | number>> }
	/** Somebody's own words or name, as they stand. */
	| { readonly said: string }
	/** From the case's template. */
	| { readonly label: Label }
	| { readonly day: Day }
	| { readonly week: IsoWeek }
	/** An instant of which only the time of day is told. */
	| { readonly clock: string }
	/** `a, b and c` */
	| { readonly list: readonly Words[] }
	/** One after the other with this between: `, `. */
	| { readonly join: readonly Words[]; readonly by: string };

/** How a week of a track went, beside its word. */
export type StatusMark = 'forward' | 'unchanged' | 'back' | 'silent' | 'paused';

export interface Cell {
	readonly words: Words;
	readonly mark?: StatusMark;
	/** Left out where a screen is narrow. */
	readonly isExtra?: boolean;
}

export type Block =
	| { readonly kind: 'heading'; readonly words: Words }
	| { readonly kind: 'paragraph'; readonly words: Words }
	/** The goal: the team's wording large, the citizen's own in italics. */
	| { readonly kind: 'goal'; readonly team: Words | null; readonly own: Words | null; readonly detail: Words | null }
	/** Danish: punkter. `aside` stands at the end of the line: who and when. */
	| { readonly kind: 'list'; readonly sign: 'check' | 'none'; readonly items: readonly { words: Words; aside: Words | null }[] }
	/** Questions and what was answered. */
	| { readonly kind: 'answers'; readonly rows: readonly { question: Words; answer: Words }[] }
	| { readonly kind: 'table'; readonly columns: readonly Cell[]; readonly rows: readonly (readonly Cell[])[] }
	/** What was open is what became of it. */
	| {
			readonly kind: 'equation';
			readonly open: number;
			readonly done: number;
			readonly carried: number;
			readonly dropped: number;
	  }
	/** Side by side where there is room. */
	| { readonly kind: 'beside'; readonly left: readonly Block[]; readonly right: readonly Block[] };

export interface ContentDocument {
	/** Who it is about. */
	readonly title: Words;
	/** Under the title. */
	readonly lead: Words;
	readonly organisation: string;
	readonly team: string;
	/** What kind of document it is, and of when. */
	readonly kind: Words;
	readonly when: Words;
	readonly blocks: readonly Block[];
}

export const said = (text: string): Words => ({ said: text });

export function text(key: TextKey, parameters?: Readonly<Record<string, Words | number>>): Words {
	return parameters ? { key, with: parameters } : { key };
}
