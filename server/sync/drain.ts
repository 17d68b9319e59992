import { setTimeout as sleep } from 'node:timers/promises';
import type { CloseCode } from '../../board/close-codes.ts';
import { DRAIN_SPREAD_MS } from './limits.ts';
import type { Room } from './room.ts';

/**
 * Says goodbye. Sockets go one after another over some seconds, because the stock client comes back without jitter;
 * each is closed only when the last thing it sent is stored and acknowledged. What is not done at the deadline is cut.
 */
export async function drain(rooms: Iterable<Room>, deadlineMs: number, nowMs: () => number, code: CloseCode): Promise<void> {
	const endMs = nowMs() + deadlineMs;
	const landed = async (room: Room): Promise<void> => {
		while (room.isBusy && nowMs() < endMs) await sleep(POLL_MS);
	};
	const goodbyes = [...rooms].flatMap((room) => [...room.sessions].map((session) => ({ room, session })));
	const spreadMs = Math.min(DRAIN_SPREAD_MS, deadlineMs / 2) / Math.max(1, goodbyes.length);
	for (const { room, session } of goodbyes) {
		await landed(room);
		room.expel(session, code);
		if (nowMs() < endMs) await sleep(spreadMs);
	}
	for (const room of rooms) {
		await landed(room);
		await Promise.race([room.finish(), sleep(Math.max(0, endMs - nowMs()))]);
	}
}

/** How often a busy room is looked at, in milliseconds: about one commit. */
const POLL_MS = 5;
