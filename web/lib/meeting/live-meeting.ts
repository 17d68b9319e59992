import { ServerLine } from '../board/server-line.ts';
import { MeetingSeat } from './meeting-seat.ts';
import type { WatchedMeeting } from './watched-meeting.svelte.ts';

/** Connects a rendered meeting: what happens to it, who comes, and every way the line can end. Browser only. */
export class LiveMeeting {
	readonly #meeting: WatchedMeeting;
	readonly #line: ServerLine;
	readonly #seat: MeetingSeat;

	constructor(meeting: WatchedMeeting) {
		this.#meeting = meeting;
		const { connection } = meeting;
		this.#line = new ServerLine({
			personId: meeting.view.meId,
			onsignedout: this.#signedOut,
			onlost: connection.lost,
			onback: connection.back,
			onretry: () => {},
			onstoring: (storing) => {
				// What was announced while nothing could be stored may not have been heard.
				if (storing && !connection.storing) void meeting.refetch();
				connection.storing = storing;
			},
			onclock: (aheadMs) => (connection.aheadMs = aheadMs),
			onconnect: () => {},
			ondisconnect: () => {},
		});
		this.#seat = new MeetingSeat(this.#line.socket, {
			meetingId: meeting.view.id,
			onchanged: (change) => void meeting.changed(change),
			onattendance: (present) => meeting.attended(present),
			onlost: () => void meeting.refetch(),
			onseated: () => void meeting.refetch(),
		});
		connection.retry = () => {
			if (!connection.signedOut) this.#line.retry();
		};
		meeting.requests.onsignedout = this.#signedOut;
	}

	start(): void {
		this.#line.start();
	}

	stop(): void {
		this.#seat.leave();
		this.#line.stop();
	}

	/** The same person signed in again in the overlay. */
	resume(): void {
		this.#meeting.connection.signedOut = false;
		this.#line.start();
	}

	readonly #signedOut = (): void => {
		this.#meeting.connection.signedOut = true;
		this.#line.stop();
	};
}
