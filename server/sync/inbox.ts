import type { SyncFrame } from './frame.ts';
import { MAX_QUEUED_BYTES } from './limits.ts';
import { isHeard, type Session } from './session.ts';

/** Something a session waits for: its frame handled, or, after it fell behind, one fresh difference. */
export interface Waiting {
	readonly session: Session;
	readonly frame: SyncFrame | { readonly type: 'resync'; readonly stateVector: Uint8Array };
	/** Which of its type-0 frames this is; what the acknowledgement counts. */
	readonly ordinal: number;
	/** For a step 2: which one of this session's; 0 otherwise. */
	readonly step2: number;
	readonly receivedMs: number;
}

/** Frames in the order they came. A session that fills it up is not read until the room has caught up. */
export class Inbox {
	#waiting: Waiting[] = [];
	#next = 0;

	get isEmpty(): boolean {
		return this.#next === this.#waiting.length;
	}

	/** When the first of them came. */
	get oldestMs(): number | undefined {
		return this.#waiting[this.#next]?.receivedMs;
	}

	push(item: Waiting): void {
		this.#waiting.push(item);
		const { session } = item;
		session.queuedBytes += sizeOf(item);
		if (session.queuedBytes <= MAX_QUEUED_BYTES || session.isPaused) return;
		session.isPaused = true;
		session.socket.pause();
	}

	/** The next frame that still counts. */
	shift(): Waiting | undefined {
		while (this.#next < this.#waiting.length) {
			const item = this.#waiting[this.#next++]!; // in bounds
			this.#letGo();
			if (isHeard(item.session)) return item;
		}
		return undefined;
	}

	/** An inbox that never runs empty must not hold all that ever came; half at a time costs each frame one move. */
	#letGo(): void {
		if (this.#next * 2 < this.#waiting.length) return;
		this.#waiting.splice(0, this.#next);
		this.#next = 0;
	}

	/** What was taken out to be tried goes on: before what its session sent since, behind everything else. */
	bringBack(items: readonly Waiting[]): void {
		const [first] = items;
		const isLater = ({ session, ordinal }: Waiting) => session === first?.session && ordinal > first.ordinal;
		const waiting = this.#waiting.slice(this.#next);
		const later = waiting.findIndex(isLater);
		this.#waiting = waiting.toSpliced(later < 0 ? waiting.length : later, 0, ...items);
		this.#next = 0;
	}

	/** Gives back what was taken but not stored, to be handled again before everything else. */
	putBack(items: readonly Waiting[]): void {
		this.#waiting = [...items, ...this.#waiting.slice(this.#next)];
		this.#next = 0;
	}

	/** Reads on from sessions whose frames are through. */
	release(items: readonly Waiting[]): void {
		for (const item of items) {
			const { session } = item;
			session.queuedBytes -= sizeOf(item);
			if (!session.isPaused || session.queuedBytes > MAX_QUEUED_BYTES / 2) continue;
			session.isPaused = false;
			session.socket.resume();
		}
	}

	clear(): void {
		this.#waiting = [];
		this.#next = 0;
	}
}

function sizeOf({ frame }: Waiting): number {
	return frame.type === 'step-2' || frame.type === 'update' ? frame.update.length : 0;
}
