import type { MeetingChanged } from '../../../board/room-events.ts';
import type { MeetingId, PersonId } from '../../../domain/ids.ts';
import type { RoomSocket } from '../board/room-socket.ts';
import { isRecord } from '../board/server-line.ts';

export interface MeetingSeatOptions {
	readonly meetingId: MeetingId;
	/** Another revision, and where the meeting is: follow, then fetch. */
	readonly onchanged: (change: MeetingChanged) => void;
	readonly onattendance: (present: readonly PersonId[]) => void;
	/** It is none of this person's meetings, or no longer: blank it. */
	readonly onlost: () => void;
	/** Seated, for the first time or again: whatever was announced since the page was made, or in the gap, was missed. */
	readonly onseated: () => void;
}

const ASK_AGAIN_MS = 2_000;

/** A page's seat in a meeting, on a line it may share with a board. It is taken again whenever the line comes back. */
export class MeetingSeat {
	readonly #socket: RoomSocket;
	readonly #options: MeetingSeatOptions;
	readonly #deafen: readonly (() => void)[];
	#askAgain: ReturnType<typeof setTimeout> | undefined;

	constructor(socket: RoomSocket, options: MeetingSeatOptions) {
		this.#socket = socket;
		this.#options = options;
		this.#deafen = [
			socket.on('connect', () => this.#sit()),
			socket.on('disconnect', () => clearTimeout(this.#askAgain)),
			socket.on('meetingChanged', (change) => {
				if (this.#isMine(change)) options.onchanged(change);
			}),
			socket.on('attendanceChanged', (change) => {
				if (this.#isMine(change) && Array.isArray(change.present)) options.onattendance(change.present);
			}),
			socket.on('meetingLost', (change) => {
				if (this.#isMine(change)) options.onlost();
			}),
		];
		if (socket.connected) this.#sit();
	}

	/** For good, and at once: not like a line that breaks. */
	leave(): void {
		clearTimeout(this.#askAgain);
		for (const deafen of this.#deafen) deafen();
		if (this.#socket.connected) this.#socket.emit('leaveMeeting', { meetingId: this.#options.meetingId });
	}

	#sit(): void {
		const { meetingId, onlost, onseated } = this.#options;
		this.#socket.emit('joinMeeting', { meetingId }, (answer) => {
			if (answer === 'try-later') this.#askAgain = setTimeout(() => this.#sit(), ASK_AGAIN_MS);
			else if (answer === 'not-found') onlost();
			else onseated();
		});
	}

	#isMine(change: { readonly meetingId: MeetingId }): boolean {
		return isRecord(change) && change.meetingId === this.#options.meetingId;
	}
}
