import type { Result } from '../domain/result.ts';
import { ok } from '../domain/result.ts';

/** Codes only, with the place as a pattern of the shape: a refusal is logged, and a key or value might be anything. */
export interface ShapeRefusal {
	readonly code:
		| 'unknown-root'
		| 'wrong-kind'
		| 'nested-type'
		| 'bad-content'
		| 'unknown-key'
		| 'bad-value'
		| 'server-only'
		| 'not-yours'
		| 'forged-mark'
		| 'future-mark'
		| 'written-once'
		| 'never-deleted'
		| 'too-long'
		| 'too-many';
	/** `tracks`, `tracks/<id>/owner/<person>` or `task/<id>`; empty where no rule matched. */
	readonly place: string;
}
export type ShapeResult = Result<void, ShapeRefusal>;

export const FINE: ShapeResult = ok(undefined);
