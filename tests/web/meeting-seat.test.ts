import { EventEmitter } from 'node:events';
import { beforeEach, expect, test, vi } from 'vitest';
import type { MeetingId } from '../../domain/ids.ts';
import type { RoomSocket } from '../../web/lib/board/room-socket.ts';
import { MeetingSeat, type MeetingSeatOptions } from '../../web/lib/meeting/meeting-seat.ts';

const meetingId = '00000000-0000-7000-8000-000000000001' as MeetingId;
const other = '00000000-0000-7000-8000-000000000002' as MeetingId;

type Listener = (payload?: unknown) => void;

/** As much of a socket as a seat needs: what the server says, and what the page said. */
class Line {
	connected = false;
	answers = ['open'];
	readonly said: [string, unknown][] = [];
	readonly #events = new EventEmitter();

	on(event: string, listener: Listener): () => void {
		this.#events.on(event, listener);
		return () => void this.#events.off(event, listener);
	}

	emit(event: string, payload: unknown, answer?: (answer: string) => void): void {
		this.said.push([event, payload]);
		answer?.(this.answers.shift() ?? 'open');
	}

	hears(event: string, payload?: unknown): void {
		if (event === 'connect') this.connected = true;
		this.#events.emit(event, payload);
	}
}

let line: Line;
let told: [string, unknown?][];
const seat = () => {
	const note = (what: string) => (about?: unknown) => void told.push(about === undefined ? [what] : [what, about]);
	const options: MeetingSeatOptions = {
		meetingId,
		onchanged: note('changed'),
		onattendance: note('attendance'),
		onlost: note('lost'),
		onseated: note('seated'),
	};
	return new MeetingSeat(line as unknown as RoomSocket, options);
};

beforeEach(() => {
	line = new Line();
	told = [];
});

test('is taken when the line stands, and at once on one that stands already', () => {
	seat();
	expect(line.said).toEqual([]);
	line.hears('connect');
	expect(line.said).toEqual([['joinMeeting', { meetingId }]]);
	seat();
	expect(line.said).toHaveLength(2);
	expect(told).toEqual([['seated'], ['seated']]);
});

test('says each time it is taken that something may have been missed: between page and seat, and in a gap', () => {
	seat();
	line.hears('connect');
	line.hears('disconnect');
	line.hears('connect');
	expect(line.said).toHaveLength(2);
	expect(told).toEqual([['seated'], ['seated']]);
});

test('passes on what is said of this meeting and nothing else', () => {
	seat();
	const change = { meetingId, revision: 4, phase: 'open', caseId: null };
	line.hears('meetingChanged', change);
	line.hears('attendanceChanged', { meetingId, present: ['a'] });
	for (const strange of [undefined, null, 'x', { meetingId: other, revision: 9, present: [] }]) {
		line.hears('meetingChanged', strange);
		line.hears('attendanceChanged', strange);
		line.hears('meetingLost', strange);
	}
	line.hears('attendanceChanged', { meetingId, present: 'everybody' });
	expect(told).toEqual([
		['changed', change],
		['attendance', ['a']],
	]);
});

test('is lost when the meeting is none of theirs, or no longer', () => {
	line.answers = ['not-found'];
	seat();
	line.hears('connect');
	line.hears('meetingLost', { meetingId });
	expect(told).toEqual([['lost'], ['lost']]);
});

test('is asked for again while the server cannot say', () => {
	vi.useFakeTimers();
	line.answers = ['try-later', 'open'];
	seat();
	line.hears('connect');
	expect(told).toEqual([]);
	vi.advanceTimersByTime(2_000);
	expect(line.said).toHaveLength(2);
	expect(told).toEqual([['seated']]);
	vi.useRealTimers();
});

test('is given up for good: nothing is heard, and it is not taken again', () => {
	const mine = seat();
	line.hears('connect');
	mine.leave();
	expect(line.said.at(-1)).toEqual(['leaveMeeting', { meetingId }]);
	line.hears('meetingChanged', { meetingId });
	line.hears('connect');
	expect([told, line.said.length]).toEqual([[['seated']], 2]);
});
