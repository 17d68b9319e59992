import type { CaseChanged, RightsChanged } from '../../../board/room-events.ts';
import { projectPlacement, projectPrivate, projectTeam, type TeamProjection } from '../../../board/project.ts';
import { readGoal, readTasks, readTracks, readWeeks } from '../../../board/read.ts';
import { readAgreed, readDecisions } from '../../../board/read-meeting.ts';
import type { BoardPart } from '../../../board/live.ts';
import type { PlacementId } from '../../../domain/ids.ts';
import type { CaseBoard } from '../../../server/api/case-board.ts';
import { documentOf, placementOf, type Board } from './board.svelte.ts';
import type { Answer } from '../api/ask.ts';
import type { OfflineText } from '../offline/offline-text.ts';
import { offlineTextOf } from './board-offline.ts';
import type { CaseRequests } from './case-requests.ts';
import type { DocumentSession } from './document-session.svelte.ts';
import type { DocumentView } from './document-view.svelte.ts';
import { KeptWords } from './kept-words.ts';
import { LiveDocuments, type LiveDocument } from './live-documents.svelte.ts';
import { RoomLine } from './room-line.ts';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 5_000;
/** A document that is refused again and again is not given the same words again. */
const TRUSTED_RESTARTS = 3;

/** Connects a rendered board: its documents, the meeting room, and every way either of them can end. Browser only. */
export class LiveBoard {
	readonly #board: Board;
	readonly #requests: CaseRequests;
	readonly #documents: LiveDocuments;
	readonly #offline: OfflineText;
	readonly #kept: KeptWords;
	readonly #room: RoomLine;
	#stopped = false;
	/** While words are being sealed they are on the device too, and no other page is to send them. */
	#sealing = false;
	#asking: Promise<void> | undefined;
	#mustAsk = false;

	constructor(board: Board, requests: CaseRequests) {
		this.#board = board;
		this.#requests = requests;
		const { connection } = board;
		connection.aheadMs = Date.parse(board.info.now) - Date.now();
		this.#offline = offlineTextOf(board, requests, {
			isLeft: () => this.#stopped,
			isMeant: (document) => this.#documents.has(document) || this.#kept.whereaboutsOf(document) !== 'there',
			onfound: (found) => this.#documents.resend(found),
		});
		this.#documents = new LiveDocuments(documentsOf(board), {
			personId: board.info.me.id,
			aheadMs: () => connection.aheadMs,
			offline: this.#offline,
			onsignedout: this.#signedOut,
			onwithdrawn: (words) => void this.#withdraw(words, board.placementId),
			onstartover: (words, times) => this.#startOver(words, times),
			onstartedover: (lost, times, ended) => void this.#kept.keep(lost, times < TRUSTED_RESTARTS, ended),
			onreadonly: (lost) => void this.#kept.keep(lost, true),
			onoutdated: (words) => void this.#outdated(words),
			onresent: ({ writtenAtMs }) => {
				board.resentAt = new Date(writtenAtMs + connection.aheadMs);
			},
			onunsendable: (text) => void this.#kept.keepFound(text, true),
			onunplaced: (text) => void this.#kept.keepUnplaced(text),
		});
		const [offline, documents] = [this.#offline, this.#documents];
		this.#kept = new KeptWords({ board, requests, offline, documents, isLeft: () => this.#stopped });
		this.#room = new RoomLine({
			caseId: board.info.case.id,
			personId: board.info.me.id,
			onsignedout: this.#signedOut,
			onlost: board.connection.lost,
			onback: () => {
				const since = board.connection.offlineSince?.getTime() ?? Date.now();
				board.connection.back();
				this.#documents.reconnect(since);
			},
			onretry: () => this.#documents.reconnect(board.connection.offlineSince?.getTime() ?? Date.now()),
			onstoring: (storing) => {
				// What was announced while nothing could be stored may not have been heard.
				if (storing && !board.connection.storing) void this.#refresh();
				board.connection.storing = storing;
			},
			onclock: (aheadMs) => (connection.aheadMs = aheadMs),
			onchanged: (change) => void this.#changed(change),
			onrights: (change) => void this.#rightsChanged(change),
			onmissed: () => void this.#missed(),
		});
		board.connection.retry = () => {
			if (!board.connection.signedOut) this.#room.retry();
		};
		requests.onsignedout = this.#signedOut;
	}

	start(): void {
		this.#documents.start();
		this.#room.start();
		this.#offline.start();
		document.addEventListener('visibilitychange', this.#seenAgain);
	}

	stop(): void {
		this.#disconnect();
		if (!this.#sealing) this.#offline.stop();
	}

	/** The same person signed in again in the overlay. */
	resume(): void {
		this.#board.connection.signedOut = false;
		if (this.#stopped) return;
		this.#documents.resume();
		this.#room.start();
		this.#offline.start();
	}

	/** Nothing connects by itself until the same person is back: the browser's cookie may be somebody else's now. */
	readonly #signedOut = (): void => {
		if (this.#board.connection.signedOut || this.#stopped) return;
		this.#board.connection.signedOut = true;
		this.#room.stop();
		this.#documents.pause();
		this.#offline.pause();
	};

	#disconnect(): void {
		this.#stopped = true;
		document.removeEventListener('visibilitychange', this.#seenAgain);
		this.#room.stop();
		this.#documents.stop();
		this.#offline.close();
	}

	/** Whoever comes to this page may just have lost another one of the same case. */
	readonly #seenAgain = (): void => {
		if (document.visibilityState === 'visible') this.#offline.askNow();
	};

	/** The case first: what its documents are called now decides what becomes of words that are found. */
	async #missed(): Promise<void> {
		await this.#refresh();
		this.#offline.askNow();
	}

	async #changed(change: CaseChanged): Promise<void> {
		if (change.what === 'observations') await this.#board.refetchObservations(this.#requests);
		else if (change.what === 'ratings') await this.#board.ratings?.fetch();
		else await this.#refresh();
	}

	async #rightsChanged({ access }: RightsChanged): Promise<void> {
		if (access === 'none') return this.#withdraw(this.#documents.unsentWords());
		if (access === 'narrowed') this.#board.withhold();
		await this.#refresh();
	}

	/** Asks for the case again until it is answered; who asks meanwhile gets an answer asked for after that. */
	#refresh(): Promise<void> {
		this.#mustAsk = true;
		return (this.#asking ??= this.#ask().finally(() => {
			this.#asking = undefined;
		}));
	}

	async #ask(): Promise<void> {
		for (let waitMs = FIRST_WAIT_MS; this.#mustAsk && !this.#stopped;) {
			this.#mustAsk = false;
			if (!this.#board.connection.signedOut && (await this.#answered())) continue;
			this.#mustAsk = true;
			await pause(waitMs);
			waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS);
		}
	}

	/** Only an answer ends the page: a refusal means that the case is not ours any more. */
	async #answered(): Promise<boolean> {
		const answer: Answer<CaseBoard> = await this.#requests.board();
		if (this.#stopped) return true;
		if (answer.ok && mayStay(this.#board, answer.value)) {
			this.#board.refresh(answer.value);
			void this.#board.ratings?.fetch();
		} else if (answer.ok) await this.#withdraw(this.#documents.unsentWords(), this.#board.placementId);
		else if (answer.code === 'not-found') await this.#withdraw(this.#documents.unsentWords());
		else return false;
		return true;
	}

	/**
	 * Nothing of the case stays on the screen; the words that were not sent are sealed for their author.
	 *
	 * @param placementId what ended, where the rest of the case may still be its reader's
	 */
	async #withdraw(words: readonly string[], placementId?: PlacementId): Promise<void> {
		if (this.#stopped) return;
		this.#board.withdrawn = true;
		void (placementId ? this.#offline.wipePlacement(placementId) : this.#offline.wipe());
		const isNothing = words.length === 0 && this.#board.inHand.words.length === 0;
		await this.leave(words);
		if (isNothing) await this.#kept.askWhetherErased();
		// And of the rest of the case, if that is not ours either.
		if (placementId) await this.#offline.ask();
	}

	/** Each time waits a little longer: between us and the server it would else be a loop. */
	async #startOver(words: readonly string[], times: number): Promise<void> {
		this.#board.composer.remember(words);
		const release = this.#board.inHand.hold(words);
		await pause(times * FIRST_WAIT_MS);
		await this.#refresh();
		release();
	}

	async #outdated(words: readonly string[]): Promise<void> {
		if (this.#stopped) return;
		this.#board.outdated = true;
		await this.leave(words);
	}

	/** The page ends: what is sealed need not lie on the device. @param words not sent */
	async leave(words: readonly string[]): Promise<void> {
		this.#sealing = true;
		this.#disconnect();
		const sealed = await this.#kept.seal([...words, ...this.#documents.unsentWords(), ...this.#board.inHand.words]);
		if (this.#board.erased) await this.#offline.wipe();
		else if (sealed) await this.#offline.forget();
		this.#offline.stop();
	}
}

/** The documents the page on show is made of. */
function documentsOf(board: Board): readonly LiveDocument<never>[] {
	const shown = board.placementId === undefined;
	const team = live(
		'team',
		board.team,
		() => (shown ? documentOf(board.info, 'team')?.name : undefined),
		(session, parts) => readTeam(session, parts, board.team.rows),
	);
	const placement = live(
		'placement',
		board.placement,
		() => placementOf(board.info, board.placementId)?.name,
		({ doc }) => projectPlacement(doc),
	);
	const drafts = live(
		'private',
		board.drafts,
		() => documentOf(board.info, 'private')?.name,
		({ doc }) => projectPrivate(doc),
	);
	return [team, placement, drafts];
}

function live<Rows>(
	kind: LiveDocument<Rows>['kind'],
	view: DocumentView<Rows>,
	name: () => string | undefined,
	read: LiveDocument<Rows>['read'],
): LiveDocument<never> {
	return { kind, view, name, read } as unknown as LiveDocument<never>;
}

function pause(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
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
		decisions: parts.has('decisions') ? readDecisions(doc) : before.decisions,
		agreed: parts.has('agreed') ? readAgreed(doc) : before.agreed,
	};
}
