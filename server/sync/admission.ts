import type { IncomingMessage } from 'node:http';
import type { CloseCode } from '../../board/close-codes.ts';
import type { DocName } from '../../board/doc-name.ts';
import type { PersonId } from '../../domain/ids.ts';

export type Access = 'read' | 'write';

/** Who sits behind a socket, and until when that is certain without asking again. */
export interface SyncSession {
	readonly sessionId: string;
	readonly personId: PersonId;
	readonly name: string;
	readonly profession: string;
	readonly organisation: string;
	readonly external: boolean;
	readonly access: Access;
	/** The first of: the sign-in session ends, the access to the case ends. */
	readonly expiresAt: Date;
}

/** Authenticates, checks Origin, asks the policy and writes the access-log row before anything is sent. */
export interface Admission {
	admit(request: IncomingMessage, name: DocName): Promise<AdmissionAnswer>;
	/** What the session may do now; asked again whenever rights may have changed. */
	review(session: SyncSession, name: DocName): Promise<Access | 'none' | 'signed-out'>;
}

export type AdmissionAnswer =
	| { readonly kind: 'admitted'; readonly session: SyncSession }
	| { readonly kind: 'refused'; readonly closeCode: CloseCode };
