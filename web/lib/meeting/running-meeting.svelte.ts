import { createContext } from 'svelte';
import type { MeetingChanged } from '../../../board/room-events.ts';
import type { CaseId, PersonId } from '../../../domain/ids.ts';
import type { CaseBoard } from '../../../server/api/case-board.ts';
import type { MeetingView } from '../../../server/api/meetings.ts';
import type { Answer } from '../api/ask.ts';
import { CitizenAtMeeting } from './citizen-at-meeting.ts';
import { stepOf, type Step } from './following.ts';
import type { MeetingRequests } from './meeting-requests.ts';
import { WatchedMeeting } from './watched-meeting.svelte.ts';

const FOLLOW_AGAIN_MS = 1_000;

/** A meeting as one participant's page has it: what the server last said, where the page itself is, and whether it follows. */
export class RunningMeeting extends WatchedMeeting {
	follows = $state(true);
	/** The one on the page, and those left with words the server does not have yet. */
	citizens = $state.raw<readonly CitizenAtMeeting[]>([]);
	placeId = $state.raw<CaseId | undefined>();
	/** A field of the citizen's has the focus. */
	writing = $state(false);
	/** One has been in a field of the citizen on the page. */
	wroteHere = $state(false);
	/** What was asked last and is not answered yet. */
	busy = $state.raw<string | undefined>();
	/** The code of the last refusal. */
	refusal = $state.raw<string | undefined>();
	#offered = $state.raw<CaseId | undefined>();
	#stayedFrom = $state.raw<CaseId | undefined>();
	#going: CaseId | undefined;
	/** Who was on the page when the meeting was lost. */
	#left = $state.raw<readonly CitizenAtMeeting[]>([]);

	constructor(view: MeetingView, requests: MeetingRequests, board: CaseBoard | undefined) {
		super(view, requests);
		if (board) this.#arrive(board);
	}

	readonly next = $derived.by(() => this.view.items.find(({ state, caseId }) => state === 'waiting' && caseId !== null));
	readonly place = $derived.by(() => this.citizens.find(({ caseId }) => caseId === this.placeId));
	readonly atRisk = $derived.by(() => this.citizens.reduce((sum, { board }) => sum + board.atRisk, 0));
	/** Words that could not be sealed when the meeting was lost: shown until copied. */
	readonly stranded = $derived.by(() => this.#left.flatMap(({ board }) => board.stranded));
	/** Words were to be sealed in a case that was erased, and went with it. */
	readonly erased = $derived.by(() => this.#left.some(({ board }) => board.erased));
	readonly step = $derived.by((): Step => this.#stepTo(this.current?.caseId ?? null));

	/** Somewhere else than the meeting, by one's own choice. */
	readonly isAway = $derived.by(() => this.current?.caseId != null && this.current.caseId !== this.placeId);

	get isChair(): boolean {
		return this.view.chairId === this.view.meId;
	}

	personOf(id: PersonId | null): MeetingView['attendance'][number]['person'] | undefined {
		return this.view.attendance.find(({ person }) => person.id === id)?.person;
	}

	/** The page that is not in the way goes along before the meeting itself is fetched. */
	override async changed(change: MeetingChanged): Promise<void> {
		const along = change.caseId !== null && change.phase === 'open' && this.#stepTo(change.caseId) === 'go';
		await Promise.all([this.refetch(), along && change.caseId ? this.#go(change.caseId, 'taken') : undefined]);
	}

	override async refetch(): Promise<void> {
		await super.refetch();
		if (!this.lost && this.view.phase !== 'closed') await this.follow();
	}

	/** Goes where the meeting is, unless something holds the page where it is. */
	async follow(): Promise<void> {
		const pointer = this.current?.caseId;
		if (pointer && this.writing && this.step === 'offer') this.#offered = pointer;
		if (pointer && this.step === 'go') await this.#go(pointer, 'taken');
	}

	async goThere(): Promise<void> {
		this.follows = true;
		const pointer = this.current?.caseId;
		if (pointer) await this.#go(pointer, 'asked');
	}

	/** Looks at somebody else while the meeting goes on; following is what one comes back to. */
	async look(caseId: CaseId): Promise<void> {
		this.follows = caseId === this.current?.caseId;
		this.#stayedFrom = this.follows ? undefined : (this.current?.caseId ?? undefined);
		await this.#go(caseId, 'asked');
	}

	/** Whoever moves the meeting goes along with it; whom it moves to is fetched meanwhile. */
	async moveOn(): Promise<void> {
		// Pressed twice it moves once; whatever else is on its way does not hold it up.
		if (this.busy === 'move' || (!this.next && !this.current)) return;
		const next = this.next?.caseId ?? null;
		const board = next === null ? undefined : this.requests.board(next);
		const move = await this.act('move', async (requests) => {
			const answer = await requests.move(next);
			this.follows = true;
			if (answer.ok && next !== null) await this.#go(next, 'asked', board);
			return answer;
		});
		if (!move) await this.follow();
	}

	/** May the wall go on? Never to somebody this page does not know. */
	get mayLiftCurtain(): boolean {
		return this.current?.caseId !== null;
	}

	turnCurtain(): void {
		const caseId = this.current?.caseId ?? null;
		const curtain = this.view.isCurtainDown ? ({ down: false, caseId } as const) : ({ down: true } as const);
		if (curtain.down || this.mayLiftCurtain) void this.act('curtain', (requests) => requests.setCurtain(curtain));
	}

	turnCitizenPresence(): void {
		const caseId = this.current?.caseId ?? null;
		const presence = this.view.isCitizenPresent ? ({ present: false, caseId } as const) : ({ present: true } as const);
		void this.act('citizen', (requests) => requests.setCitizenPresent(presence));
	}

	wrote(isWriting: boolean): void {
		this.writing = isWriting;
		if (isWriting) this.wroteHere = true;
	}

	stay(): void {
		this.#stayedFrom = this.current?.caseId ?? undefined;
	}

	setFollows(follows: boolean): void {
		this.follows = follows;
		if (!follows) return;
		this.#offered = this.#stayedFrom = undefined;
		void this.follow();
	}

	/** Does something to the meeting, and says so while it is on its way. */
	async act(what: string, ask: (requests: MeetingRequests) => Promise<Answer<unknown>>): Promise<boolean> {
		this.busy = what;
		this.refusal = undefined;
		const answer = await ask(this.requests);
		this.refusal = answer.ok ? undefined : answer.code;
		await this.refetch();
		if (this.busy === what) this.busy = undefined;
		return answer.ok;
	}

	/** First the words: what connects them ends with the page. */
	protected override lose(): void {
		const { citizens } = this;
		for (const citizen of citizens) void citizen.leave();
		this.#left = [...this.#left, ...citizens];
		this.citizens = [];
		this.placeId = undefined;
		super.lose();
	}

	#stepTo(pointer: CaseId | null): Step {
		return stepOf({
			at: this.placeId,
			pointer,
			follows: this.follows,
			writing: this.writing,
			unsent: this.place?.board.atRisk ?? 0,
			offered: this.#offered,
			stayedFrom: this.#stayedFrom,
		});
	}

	/**
	 * @param why whoever asked to go goes; whoever is taken along is left alone when they began to write meanwhile
	 * @param asked the board, where it is on its way already
	 */
	async #go(caseId: CaseId, why: 'asked' | 'taken', asked?: Promise<Answer<CaseBoard>>): Promise<void> {
		if (caseId === this.placeId || caseId === this.#going) return;
		const kept = this.citizens.find((citizen) => citizen.caseId === caseId);
		if (kept) return this.#stand(kept);
		this.#going = caseId;
		const answer = await (asked ?? this.requests.board(caseId));
		if (this.#going !== caseId) return;
		this.#going = undefined;
		if (why === 'taken' && this.#stepTo(caseId) !== 'go') return;
		if (answer.ok) this.#arrive(answer.value);
		else if (why === 'asked') this.refusal = answer.code;
		else setTimeout(() => void this.follow(), FOLLOW_AGAIN_MS);
	}

	#arrive(board: CaseBoard): void {
		this.#stand(new CitizenAtMeeting(board, this.view.id));
	}

	/** Moving on moves only the page: words not stored yet stay with their citizen until they are. */
	#stand(citizen: CitizenAtMeeting): void {
		const kept = this.citizens.filter((one) => one !== citizen && one.board.atRisk > 0);
		this.citizens = [...kept, citizen];
		this.placeId = citizen.caseId;
		this.writing = this.wroteHere = false;
		this.#offered = undefined;
		if (citizen.caseId === this.current?.caseId) this.#stayedFrom = undefined;
	}
}

const [useMeeting, setMeeting] = createContext<RunningMeeting>();
export { setMeeting, useMeeting };
