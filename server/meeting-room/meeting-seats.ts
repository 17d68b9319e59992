import { joinMeetingSchema, type OpenCaseAnswer } from '../../board/room-events.ts';
import type { CaseId, MeetingId, PersonId } from '../../domain/ids.ts';
import type { StampAttendance } from '../commands/meeting/stamp-attendance.ts';
import type { CaseReaders } from '../queries/case/case-readers.ts';
import { seatKey, type MeetingPlaces } from '../queries/meeting/meeting-places.ts';
import { NewestOnly } from './newest-only.ts';
import { PresentPeople } from './present-people.ts';
import type { RoomSocket } from './room-socket.ts';

interface Asks {
	readonly meetings: MeetingPlaces;
	readonly readers: CaseReaders;
	readonly stampAttendance: StampAttendance;
	readonly onFailure: (error: unknown) => void;
	readonly sockets: () => readonly RoomSocket[];
}

interface Seat {
	readonly meetingId: MeetingId;
	readonly personId: PersonId;
}

/** A page shows one meeting, and another for a moment while it changes. */
const MAX_MEETINGS_PER_SOCKET = 2;
/** Well under half a minute, after which a chair who was not seen is away. */
const STAMP_EVERY_MS = 10_000;
/** Who drops out and comes back within this has not left: a reload, a tunnel, a server that restarts. */
const BACK_WITHIN_MS = 5_000;
/** Stands for the page somebody had on the process before this one. */
const PAGE_BEFORE = 'before';

/** The part of the room that is meetings: who sits in which, and where each is. */
export class MeetingSeats {
	readonly #asks: Asks;
	readonly #present = new PresentPeople();
	readonly #telling = new NewestOnly<MeetingId>();
	/** Meetings somebody came to since this process started. */
	readonly #known = new Set<MeetingId>();
	/** Meetings that were on when that was last told. */
	readonly #open = new Set<MeetingId>();
	readonly #stamping: NodeJS.Timeout;
	/** Rises with each change of rights, so that an answer asked for before one is not believed after it. */
	#rightsVersion = 0;
	#stopped = false;

	constructor(asks: Asks) {
		this.#asks = asks;
		this.#stamping = setInterval(() => this.#stamp(this.#seatsTaken()), STAMP_EVERY_MS);
	}

	welcome(socket: RoomSocket): void {
		socket.on('joinMeeting', (payload, answer) => {
			if (typeof answer !== 'function') return;
			this.#join(socket, payload).then(answer, (error: unknown) => {
				this.#asks.onFailure(error);
				answer('try-later');
			});
		});
		socket.on('leaveMeeting', (payload) => {
			const parsed = joinMeetingSchema.safeParse(payload);
			if (parsed.success) this.#leave(socket, parsed.data.meetingId);
		});
		socket.on('disconnect', (reason) => {
			const { meetings, personId } = socket.data;
			const gone = () => meetings.forEach((meetingId) => this.#away(meetingId, personId, socket.id));
			// A line that is found dead was dead for a while: nobody was seen just now.
			if (reason !== 'ping timeout') this.#stamp([...meetings].map((meetingId) => ({ meetingId, personId })));
			// Shown out by us they are gone; a line that broke may be whole again before anybody notices.
			if (reason === 'server namespace disconnect') gone();
			else this.#later(gone);
		});
	}

	stop(): void {
		this.#stopped = true;
		clearInterval(this.#stamping);
	}

	/** Tells the meeting's pages where it is now. */
	announce(meetingId: MeetingId): Promise<void> {
		return this.#telling.run(meetingId, () => this.#tell(meetingId));
	}

	/** Whoever may not attend any more leaves at once. */
	async rightsChanged(touched: readonly RoomSocket[]): Promise<void> {
		this.#rightsVersion += 1;
		const seated = touched.filter(({ data }) => data.meetings.size > 0);
		const meetingIds = new Set(seated.flatMap(({ data }) => [...data.meetings]));
		const personIds = new Set(seated.map(({ data }) => data.personId));
		const may = await this.#asks.meetings.attenders([...meetingIds], [...personIds]);
		for (const socket of seated) {
			for (const meetingId of socket.data.meetings) {
				if (may.has(seatKey(meetingId, socket.data.personId))) continue;
				this.#leave(socket, meetingId);
				socket.emit('meetingLost', { meetingId });
			}
		}
	}

	async #join(socket: RoomSocket, payload: unknown): Promise<OpenCaseAnswer> {
		const parsed = joinMeetingSchema.safeParse(payload);
		if (!parsed.success || socket.data.meetings.size >= MAX_MEETINGS_PER_SOCKET) return 'bad-request';
		const { meetingId } = parsed.data;
		const { personId, meetings } = socket.data;
		if (!(await this.#maySit(meetingId, personId)) || !socket.connected) return 'not-found';
		meetings.add(meetingId);
		if (this.#present.enter(meetingId, personId, socket.id)) this.#tellPresence(meetingId);
		else socket.emit('attendanceChanged', this.#attendance(meetingId));
		this.#stamp([{ meetingId, personId }]);
		return 'open';
	}

	async #maySit(meetingId: MeetingId, personId: PersonId): Promise<boolean> {
		for (;;) {
			const version = this.#rightsVersion;
			const may = await this.#asks.meetings.attenders([meetingId], [personId]);
			if (may.has(seatKey(meetingId, personId))) await this.#remember(meetingId);
			if (version === this.#rightsVersion) return may.has(seatKey(meetingId, personId));
		}
	}

	/** Whoever sat here when the process before this one ended is on their way back. */
	async #remember(meetingId: MeetingId): Promise<void> {
		if (this.#known.has(meetingId)) return;
		this.#known.add(meetingId);
		const before = await this.#asks.meetings.seenLately(meetingId);
		for (const personId of before) this.#present.enter(meetingId, personId, PAGE_BEFORE);
		this.#tellPresence(meetingId);
		this.#later(() => before.forEach((personId) => this.#away(meetingId, personId, PAGE_BEFORE)));
	}

	#leave(socket: RoomSocket, meetingId: MeetingId): void {
		const { personId, meetings } = socket.data;
		if (!meetings.delete(meetingId)) return;
		this.#stamp([{ meetingId, personId }]);
		this.#away(meetingId, personId, socket.id);
	}

	#away(meetingId: MeetingId, personId: PersonId, page: string): void {
		if (this.#present.leave(meetingId, personId, page)) this.#tellPresence(meetingId);
	}

	#later(work: () => void): void {
		setTimeout(() => {
			if (!this.#stopped) work();
		}, BACK_WITHIN_MS).unref();
	}

	#stamp(seats: readonly Seat[]): void {
		if (seats.length > 0) this.#asks.stampAttendance(seats).catch(this.#asks.onFailure);
	}

	/** By the pages that are here, and nobody else. */
	#seatsTaken(): Seat[] {
		return this.#asks
			.sockets()
			.flatMap(({ data: { personId, meetings } }) => [...meetings].map((meetingId) => ({ meetingId, personId })));
	}

	#attendance(meetingId: MeetingId) {
		return { meetingId, present: this.#present.in(meetingId) };
	}

	#tellPresence(meetingId: MeetingId): void {
		for (const socket of this.#seated(meetingId)) socket.emit('attendanceChanged', this.#attendance(meetingId));
	}

	async #tell(meetingId: MeetingId): Promise<void> {
		const place = this.#seated(meetingId).length > 0 ? await this.#asks.meetings.placeOf(meetingId) : undefined;
		if (!place) return void this.#open.delete(meetingId);
		const { caseId, ...rest } = place;
		const known = caseId ? await this.#whoReads(caseId, meetingId) : new Set<PersonId>();
		for (const socket of this.#seated(meetingId)) {
			socket.emit('meetingChanged', { meetingId, ...rest, caseId: known.has(socket.data.personId) ? caseId : null });
		}
		this.#noteOpen(meetingId, place.phase === 'open');
	}

	/** Who sat waiting for the meeting to begin is there from its beginning. */
	#noteOpen(meetingId: MeetingId, isOpen: boolean): void {
		if (!isOpen) this.#open.delete(meetingId);
		else if (!this.#open.has(meetingId)) {
			this.#open.add(meetingId);
			this.#stamp(this.#seatsTaken().filter((seat) => seat.meetingId === meetingId));
		}
	}

	async #whoReads(caseId: CaseId, meetingId: MeetingId): Promise<ReadonlySet<PersonId>> {
		const readers = await this.#asks.readers([caseId], this.#present.in(meetingId));
		return new Set(readers.filter(({ reach }) => reach.team).map(({ actor }) => actor.personId));
	}

	#seated(meetingId: MeetingId): RoomSocket[] {
		return this.#asks.sockets().filter(({ data }) => data.meetings.has(meetingId));
	}
}
