import type { PersonId } from '../domain/ids.ts';

/** Why a transaction happened. Decides what is logged, echoed and undoable. */
export type EditOrigin =
	| { readonly source: 'field'; readonly personId: PersonId }
	| { readonly source: 'peer'; readonly sessionId: string }
	| { readonly source: 'replay' }
	| { readonly source: 'server' };
