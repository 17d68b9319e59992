import type { Translate } from '../i18n/keys.ts';

/** Refusals whoever is at the meeting can understand; whatever else went wrong is tried again. */
const TOLD = [
	'meeting-not-open',
	'meeting-changed',
	'nothing-discussed',
	'tasks-unaccounted',
	'no-time-to-borrow',
	'chair-asked',
	'already-chair',
	'forbidden',
	'not-found',
	'case-closed',
] as const;

export function refusalWords(t: Translate, code: string): string {
	const told = TOLD.find((each) => each === code);
	return told ? t(`problem.${told}`) : t('meeting.refused');
}
