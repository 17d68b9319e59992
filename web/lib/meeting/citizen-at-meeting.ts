import type { CaseId, MeetingId } from '../../../domain/ids.ts';
import type { CaseBoard } from '../../../server/api/case-board.ts';
import { Board } from '../board/board.svelte.ts';
import { CaseRequests } from '../board/case-requests.ts';
import type { LiveBoard } from '../board/live-board.svelte.ts';

/** One citizen on a meeting's page: their board, what it asks of the server, and what connects it while it is there. */
export class CitizenAtMeeting {
	readonly caseId: CaseId;
	readonly board: Board;
	readonly requests: CaseRequests;
	#live: Promise<LiveBoard> | undefined;
	#connected: LiveBoard | undefined;

	constructor(info: CaseBoard, meetingId: MeetingId) {
		this.caseId = info.case.id;
		this.board = new Board(info);
		this.requests = new CaseRequests(info.case.id, info.me.id, (...asked) => fetch(...asked), meetingId);
	}

	/** Browser only. */
	live(): Promise<LiveBoard> {
		return (this.#live ??= import('../board/live-board.svelte.ts').then(
			({ LiveBoard }) => (this.#connected = new LiveBoard(this.board, this.requests)),
		));
	}

	/** Nothing of the citizen stays on the screen; one's own words that were not sent are sealed, or else shown until copied. */
	async leave(): Promise<void> {
		const { board } = this;
		if (board.withdrawn || board.outdated) return;
		const words = [...board.team.unsentWords, ...board.drafts.unsentWords, ...board.inHand.words];
		board.withdrawn = true;
		// At once where it is there: the part of the page that shows the citizen stops it as it goes.
		const live = this.#connected ?? (await this.live());
		await live.leave(words);
	}
}
