import type { MeetingChanged } from '../../../board/room-events.ts';
import type { PersonId } from '../../../domain/ids.ts';
import type { MeetingItemView, MeetingView } from '../../../server/api/meetings.ts';
import { Connection } from '../board/connection.svelte.ts';
import type { MeetingRequests } from './meeting-requests.ts';

/** A meeting as a page sees it from anywhere: what the server last said of it, on the server's clock. */
export class WatchedMeeting {
	view = $state.raw() as MeetingView;
	readonly requests: MeetingRequests;
	readonly connection = new Connection();
	/** It is none of ours any more: nothing of it may stay on the screen. */
	lost = $state(false);
	/** The server's clock, told each second. */
	nowMs = $state(0);
	/** Whom the room last told to be here: what is fetched may be older than that. */
	#present: ReadonlySet<PersonId> | undefined;

	constructor(view: MeetingView, requests: MeetingRequests) {
		this.requests = requests;
		this.#take(view);
	}

	readonly current = $derived.by((): MeetingItemView | undefined => this.view.items.find(({ state }) => state === 'current'));

	tick(): void {
		this.nowMs = Date.now() + this.connection.aheadMs;
	}

	/** Announced: it has another revision. */
	changed(_change: MeetingChanged): Promise<void> {
		return this.refetch();
	}

	attended(present: readonly PersonId[]): void {
		const before = this.view.attendance;
		const told = new Set(present);
		this.#present = told;
		this.view = this.#asTold(this.view);
		// Who is new is known by id alone, and of who left it is fetched when they were last seen.
		const known = new Set(before.map(({ person }) => person.id));
		const hasLeft = before.some(({ person, isPresent }) => isPresent && !told.has(person.id));
		if (hasLeft || present.some((id) => !known.has(id))) void this.refetch();
	}

	async refetch(): Promise<void> {
		const answer = await this.requests.view();
		if (answer.ok && answer.value.revision >= this.view.revision) this.#take(answer.value);
		if (!answer.ok && answer.code === 'not-found') this.lose();
	}

	protected lose(): void {
		this.lost = true;
	}

	#take(view: MeetingView): void {
		this.view = this.#asTold(view);
		this.connection.aheadMs = Date.parse(view.now) - Date.now();
		this.tick();
	}

	#asTold(view: MeetingView): MeetingView {
		const present = this.#present;
		if (!present || view.phase === 'closed') return view;
		return { ...view, attendance: view.attendance.map((one) => ({ ...one, isPresent: present.has(one.person.id) })) };
	}
}
