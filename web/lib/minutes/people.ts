import type { PersonOnCase } from '../../../server/api/case-board.ts';
import type { Translate } from '../i18n/keys.ts';

/** Profession, and the organisation of somebody from another one. */
export function detailOf({ profession, organisation, external }: PersonOnCase, t: Translate): string {
	return [profession ? t(`profession.${profession}`) : '', external ? organisation : ''].filter(Boolean).join(', ');
}
