import type { Executor } from '../../db/client.ts';
import { ok, refuse, type Result } from '../../domain/result.ts';
import { unsealText, type TextKind } from '../log/sealed-text.ts';

/** Words were sent under an id that other words stand under. */
export interface IdTaken {
	readonly code: 'id-taken';
}

interface SentWords {
	readonly id: string;
	readonly sealedText: Uint8Array;
}

interface SealedAs {
	readonly key: Uint8Array;
	readonly kind: TextKind;
}

/**
 * Words whose answer was lost are sent again under the id they had, and stand there once. What stands there already is taken
 * for them when it says the same and differs in nothing but its time.
 *
 * @param insert answers with what stands under the id already
 */
export async function storeOnce<Row extends SentWords>(
	tx: Executor,
	insert: (tx: Executor, row: Row) => Promise<Row | undefined>,
	sent: Row,
	{ key, kind }: SealedAs,
): Promise<Result<'stored' | 'stands', IdTaken>> {
	const stands = await insert(tx, sent);
	if (!stands) return ok('stored');
	const words = ({ id, sealedText }: Row) => unsealText(key, sealedText, kind, id);
	const { sealedText: _, ...others } = sent;
	const isSame = Object.entries(others).every(([field, value]) => value instanceof Date || stands[field as keyof Row] === value);
	return isSame && words(stands) === words(sent) ? ok('stands') : refuse({ code: 'id-taken' });
}
