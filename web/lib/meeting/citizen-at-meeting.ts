import type { CaseId, MeetingId } from '../../../domain/ids.ts';
import type { CaseBoard } from '../../../server/api/case-board.ts';
import { Board } from '../board/board.svelte.ts';
import { CaseRequests } from '../board/case-requests.ts';

/** One citizen on a meeting's page: their board, and what it asks of the server while it is there. */
export interface CitizenAtMeeting {
	readonly caseId: CaseId;
	readonly board: Board;
	readonly requests: CaseRequests;
}

export function citizenAtMeeting(info: CaseBoard, meetingId: MeetingId): CitizenAtMeeting {
	const { id } = info.case;
	const requests = new CaseRequests(id, info.me.id, (...asked) => fetch(...asked), meetingId);
	return { caseId: id, board: new Board(info), requests };
}
