import type { TextKey } from '../i18n/keys.ts';

const PLACES = ['goal', 'task', 'dropped', 'line', 'decision', 'agreed', 'purpose', 'accommodation'] as const;

/** Where somebody is, as people say it: a field's name begins with the part it stands in. */
export function placeWords(field: string): TextKey | undefined {
	const place = PLACES.find((one) => field === one || field.startsWith(`${one}/`));
	return place && `board.presence.where.${place}`;
}
