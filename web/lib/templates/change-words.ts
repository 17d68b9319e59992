import type { TemplateChange } from '../../../domain/programme/compare-templates.ts';
import type { Label } from '../../../domain/programme/template.ts';
import type { TextKey } from '../i18n/keys.ts';
import type { Texts } from '../i18n/texts.svelte.ts';

type Changed = Extract<TemplateChange, { kind: 'changed' }>;
type Said = Changed['to'];

/** One change as the sentence a person reads before it is published. */
export function changeWords(change: TemplateChange, { t, language }: Texts): string {
	if (change.kind === 'moved') return t('templates.change.moved', { part: t(`templates.order.${change.part}`) });
	const part = t(`templates.part.${change.part}`);
	const within = change.within?.[language] ?? '';
	const label = change.label?.[language] ?? '';
	if (change.kind !== 'changed')
		return t(within ? `templates.change.${change.kind}In` : `templates.change.${change.kind}`, { part, label, within });
	const told = spoken(change, language);
	const say = (said: Said) => saidWords(said, told, change.field, t);
	const field =
		told === language ? fieldName(change.field, t) : t(`templates.field.${told}`, { field: fieldName(change.field, t) });
	const words = { part, label, field: lowerFirst(field), from: say(change.from), to: say(change.to) };
	return t(label ? 'templates.change.changed' : 'templates.change.changedWhole', words);
}

/** The reader's language, unless only the other one changed. */
function spoken({ from, to }: Changed, language: keyof Label): keyof Label {
	const same = isLabel(from) && isLabel(to) && from[language] === to[language];
	return same ? (language === 'da' ? 'en' : 'da') : language;
}

function saidWords(said: Said, language: keyof Label, field: string, t: Texts['t']): string {
	if (said === null) return t(field === 'trackType' ? 'templates.allTracks' : 'templates.change.empty');
	if (typeof said === 'boolean') return t(said ? 'templates.change.yes' : 'templates.change.no');
	if (isLabel(said)) return said[language];
	return field === 'group' ? t(`templates.group.${said}` as TextKey) : said; // one of OUTCOME_GROUPS
}

function fieldName(field: string, t: Texts['t']): string {
	return t(`templates.field.${field}` as TextKey); // the outline's fields have their names there
}

function isLabel(said: Said): said is Label {
	return typeof said === 'object' && said !== null;
}

function lowerFirst(words: string): string {
	return words.charAt(0).toLowerCase() + words.slice(1);
}
