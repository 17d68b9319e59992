/** What a line that ends says of who sat at it. */
import { EventEmitter } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import type { MeetingId, PersonId } from '../../../domain/ids.ts';
import { MeetingSeats } from '../../../server/meeting-room/meeting-seats.ts';
import type { RoomSocket } from '../../../server/meeting-room/room-socket.ts';
import { seatKey } from '../../../server/queries/meeting/meeting-places.ts';

const meetingId = '019a0000-0000-7000-8000-000000000001' as MeetingId;
const personId = '019a0000-0000-7000-8000-000000000002' as PersonId;
const started: MeetingSeats[] = [];
afterEach(() => started.splice(0).forEach((seats) => seats.stop()));

async function aTakenSeat() {
	let stamps = 0;
	const seats = new MeetingSeats({
		meetings: {
			attenders: async () => new Set([seatKey(meetingId, personId)]),
			seenLately: async () => [],
			placeOf: async () => undefined,
		},
		readers: async () => [],
		stampAttendance: async () => void stamps++,
		onFailure: (error) => {
			throw error;
		},
		sockets: () => [],
	});
	started.push(seats);
	const socket = Object.assign(new EventEmitter(), { id: 'laptop', connected: true, data: { personId, meetings: new Set() } });
	seats.welcome(socket as unknown as RoomSocket);
	expect(await new Promise((resolve) => socket.emit('joinMeeting', { meetingId }, resolve))).toBe('open');
	return { ends: (reason: string) => socket.emit('disconnect', reason), stamps: () => stamps };
}

test('a line that is found dead stamps nobody as seen: they were gone before it was noticed', async () => {
	const seat = await aTakenSeat();
	const before = seat.stamps();
	seat.ends('ping timeout');
	expect(seat.stamps()).toBe(before);
});

test('a line that is closed stamps who sat at it until now', async () => {
	const seat = await aTakenSeat();
	const before = seat.stamps();
	seat.ends('transport close');
	expect(seat.stamps()).toBe(before + 1);
});
