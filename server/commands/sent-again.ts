import { unsealText, type TextKind } from '../log/sealed-text.ts';

/** Words were sent under an id that other words stand under. */
export interface IdTaken {
	readonly code: 'id-taken';
}

/**
 * Words whose answer was lost are sent again under the id they had: whether what stands under it is just that.
 *
 * @param same what both must have in common besides the words
 */
export function isSentAgain<Row extends { readonly id: string; readonly sealedText: Uint8Array }>(
	[stands, sent]: readonly [Row, Row],
	same: readonly (keyof Row)[],
	key: Uint8Array,
	kind: TextKind,
): boolean {
	const words = ({ id, sealedText }: Row) => unsealText(key, sealedText, kind, id);
	return same.every((field) => stands[field] === sent[field]) && words(stands) === words(sent);
}
