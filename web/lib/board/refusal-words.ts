import type { Translate } from '../i18n/keys.ts';

/** Refusals a reader can do something about; whatever else went wrong is tried again. */
const TOLD = [
	'rating-revealed',
	'already-revealed',
	'nothing-to-reveal',
	'week-not-rateable',
	'case-closed',
	'forbidden',
	'not-found',
] as const;

export function refusalWords(t: Translate, code: string): string {
	const told = TOLD.find((each) => each === code);
	return told ? t(`problem.${told}`) : t('ratings.blind.failed');
}
