import type { TextKey } from '../i18n/keys.ts';
import type { Translate } from '../i18n/keys.ts';

const KNOWN = {
	too_small: 'templates.wrong.too_small',
	too_big: 'templates.wrong.too_big',
	invalid_union: 'templates.wrong.invalid_union',
	invalid_type: 'templates.wrong.invalid_type',
	'unknown-track': 'templates.wrong.unknown-track',
	'unknown-milestone': 'templates.wrong.unknown-milestone',
	'unknown-id': 'templates.wrong.unknown-id',
	'id-twice': 'templates.wrong.id-twice',
	'scale-not-rising': 'templates.wrong.scale-not-rising',
} as const satisfies Record<string, TextKey>;

/** Why a field was refused; undefined where it was not. */
export function wrongWords(code: string | undefined, t: Translate): string | undefined {
	if (code === undefined) return undefined;
	return t(KNOWN[code as keyof typeof KNOWN] ?? 'templates.wrong.other');
}
