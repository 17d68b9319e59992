import type { CaseChanged, RightsChanged } from '../../../board/room-events.ts';
import { projectPlacement, projectPrivate, projectTeam, type TeamProjection } from '../../../board/project.ts';
import { readGoal, readTasks, readTracks, readWeeks } from '../../../board/read.ts';
import type { BoardPart } from '../../../board/live.ts';
import type { CaseBoard } from '../../../server/api/case-board.ts';
import { documentOf, placementOf, type Board } from './board.svelte.ts';
import type { Answer, CaseRequests } from './case-requests.ts';
import type { DocumentSession } from './document-session.svelte.ts';
import type { DocumentView } from './document-view.svelte.ts';
import { LiveDocuments, type LiveDocument } from './live-documents.svelte.ts';
import { RoomLine } from './room-line.ts';

/** Connects a rendered board: its documents, the meeting room, and every way either of them can end. Browser only. */
export class LiveBoard {
	readonly #board: Board;
	readonly #requests: CaseRequests;
	readonly #documents: LiveDocuments;
	readonly #room: RoomLine;

	constructor(board: Board, requests: CaseRequests) {
		this.#board = board;
		this.#requests = requests;
		const aheadMs = Date.parse(board.info.now) - Date.now();
		const signedOut = () => { board.connection.signedOut = true; };
		this.#documents = new LiveDocuments(documentsOf(board), {
			personId: board.info.me.id, aheadMs: () => aheadMs, onsignedout: signedOut,
			onwithdrawn: (words) => void this.#withdraw(words),
			onstartover: (words) => this.#startOver(words),
			onoutdated: (words) => void this.#outdated(words),
		});
		this.#room = new RoomLine({
			caseId: board.info.case.id, onsignedout: signedOut,
			onlost: () => { board.connection.offlineSince ??= new Date(); },
			onback: () => {
				const since = board.connection.offlineSince?.getTime() ?? Date.now();
				board.connection.offlineSince = undefined;
				this.#documents.reconnect(since);
			},
			onretry: () => this.#documents.reconnect(board.connection.offlineSince?.getTime() ?? Date.now()),
			onstoring: (storing) => { board.connection.storing = storing; },
			onchanged: (change) => void this.#changed(change),
			onrights: (change) => void this.#rightsChanged(change),
			onmissed: () => void this.#refresh(),
		});
		board.connection.retry = () => this.#room.retry();
	}

	start(): void {
		this.#documents.start();
		this.#room.start();
	}

	stop(): void {
		this.#room.stop();
		this.#documents.stop();
	}

	/** The same person signed in again in the overlay. */
	resume(): void {
		this.#board.connection.signedOut = false;
		this.#room.retry();
		this.#documents.resume();
	}

	async #changed(change: CaseChanged): Promise<void> {
		if (change.what === 'observations') await this.#board.refetchObservations(this.#requests);
		else await this.#refresh();
	}

	async #rightsChanged({ access }: RightsChanged): Promise<void> {
		if (access === 'none') await this.#withdraw(this.#documents.unsentWords());
		else await this.#refresh();
	}

	/** Asks for the case again; a refusal means it is not ours any more. */
	async #refresh(): Promise<void> {
		const answer: Answer<CaseBoard> = await this.#requests.board();
		if (answer.ok && mayStay(this.#board, answer.value)) this.#board.refresh(answer.value);
		else if (answer.ok || answer.status === 404) await this.#withdraw(this.#documents.unsentWords());
		else if (answer.status === 401) this.#board.connection.signedOut = true;
	}

	/** Nothing of the case stays on the screen; the words that were not sent are sealed for their author. */
	async #withdraw(words: readonly string[]): Promise<void> {
		if (this.#board.withdrawn) return;
		this.#board.withdrawn = true;
		this.stop();
		await this.#seal(words);
	}

	async #startOver(words: readonly string[]): Promise<void> {
		await this.#refresh();
		if (this.#board.withdrawn) return;
		if (words.length > 0) this.#board.composer.keep(words);
		this.#board.startedOver = true;
	}

	async #outdated(words: readonly string[]): Promise<void> {
		this.#board.outdated = true;
		this.stop();
		await this.#seal(words);
	}

	/** What cannot be sealed either stays on the screen until its author has copied it. */
	async #seal(words: readonly string[]): Promise<void> {
		const text = [...new Set(words)].join('\n\n');
		if (text === '') return;
		const answer = await this.#requests.keepUnsent(this.#board.info.case.id, text);
		if (!answer.ok) this.#board.stranded = [text];
	}
}

/** The documents the page on show is made of. */
function documentsOf(board: Board): readonly LiveDocument<never>[] {
	const shown = board.placementId === undefined;
	const team = live('team', board.team, () => (shown ? documentOf(board.info, 'team')?.name : undefined), (session, parts) => readTeam(session, parts, board.team.rows));
	const placement = live('placement', board.placement, () => placementOf(board.info, board.placementId)?.name, ({ doc }) => projectPlacement(doc));
	const drafts = live('private', board.drafts, () => documentOf(board.info, 'private')?.name, ({ doc }) => projectPrivate(doc));
	return [team, placement, drafts];
}

function live<Rows>(kind: LiveDocument<Rows>['kind'], view: DocumentView<Rows>, name: () => string | undefined, read: LiveDocument<Rows>['read']): LiveDocument<never> {
	return { kind, view, name, read } as unknown as LiveDocument<never>;
}

/** Whether the page on show may go on being shown to its reader. */
function mayStay(board: Board, { reach }: CaseBoard): boolean {
	if (board.placementId) return reach.placementIds.includes(board.placementId);
	return board.info.reach.team ? reach.team : reach.drafts;
}

/** Reads what changed and keeps the rest as it was, so that only those parts of the page are made again. */
function readTeam({ doc }: DocumentSession, parts: ReadonlySet<BoardPart> | undefined, before: TeamProjection): TeamProjection {
	if (!parts) return projectTeam(doc);
	return {
		goal: parts.has('goal') ? readGoal(doc) : before.goal,
		tracks: parts.has('tracks') ? readTracks(doc) : before.tracks,
		tasks: parts.has('tasks') ? readTasks(doc) : before.tasks,
		weeks: parts.has('weeks') ? readWeeks(doc) : before.weeks,
	};
}
