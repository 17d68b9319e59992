import type { Words } from '../../../server/api/minutes-view.ts';
import type { Texts } from '../i18n/texts.svelte.ts';

/** A document's words in the reader's language. */
export function wordsIn({ t, format, language }: Texts, words: Words): string {
	const say = (each: Words): string => wordsIn({ t, format, language } as Texts, each);
	if ('said' in words) return words.said;
	if ('label' in words) return words.label[language];
	if ('day' in words) return format.day(words.day);
	if ('week' in words) return format.week(words.week);
	if ('clock' in words) return format.clock(words.clock);
	if ('list' in words) return format.list(words.list.map(say));
	if ('join' in words) return words.join.map(say).join(words.by);
	const parameters = Object.entries(words.with ?? {}).map(([name, each]) => [name, typeof each === 'number' ? each : say(each)]);
	return t(words.key, Object.fromEntries(parameters) as Record<string, string | number>);
}
