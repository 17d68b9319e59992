import * as Y from 'yjs';
import type { DocumentKind } from '../../board/schema.ts';
import type { ShapeRefusal } from '../../board/shape.ts';
import { checkTransaction } from '../../board/shape.ts';
import type { PersonId } from '../../domain/ids.ts';
import { AT_MS } from './board.ts';

/** What the shape check says of an update, asked as the server asks: while the transaction still holds what it brought. */
export function verdictOn(
	kind: DocumentKind,
	server: Y.Doc,
	update: Uint8Array,
	author: PersonId | null,
	nowMs: number = AT_MS,
): ShapeRefusal['code'] | 'fine' {
	let verdict: ShapeRefusal['code'] | 'fine' = 'fine';
	const judge = (tr: Y.Transaction): void => {
		const checked = checkTransaction(kind, tr, author, nowMs);
		if (!checked.ok) verdict = checked.error.code;
	};
	server.on('afterTransaction', judge);
	Y.applyUpdate(server, update);
	server.off('afterTransaction', judge);
	return verdict;
}
