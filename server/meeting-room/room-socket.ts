import type { Socket } from 'socket.io';
import type { ClientToServer, ServerToClient } from '../../board/room-events.ts';
import type { CaseId, MeetingId } from '../../domain/ids.ts';
import type { Reader } from '../queries/case/reader.ts';

/** What the room knows of one page. */
export interface SocketData {
	sessionId: string;
	personId: Reader['actor']['personId'];
	/** The sign-in may have been prolonged since; asked again when this is over. */
	expiresAtMs: number;
	/** The cases whose announcements it gets, and what it could see of them when that was last asked. */
	readonly cases: Map<CaseId, Reader>;
	/** The meetings it shows; its person sits in them. */
	readonly meetings: Set<MeetingId>;
	/** All cases of a page that shows them all, and what it could see of each when that was last asked; undefined for other pages. */
	caseload: ReadonlyMap<CaseId, Reader> | undefined;
}

export type RoomSocket = Socket<ClientToServer, ServerToClient, Record<string, never>, SocketData>;

/** Pages of one person in one case are many; what they may see is one. */
export function pairKey(caseId: CaseId, personId: string): string {
	return `${caseId} ${personId}`;
}
