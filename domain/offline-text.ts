/**
 * Offline text: words their author wrote and the server has not stored yet, kept sealed on the device they were written on,
 * so that a crash of the tab does not take them. The keys are the server's alone.
 */

/** An organisation's rule for the devices of its people; in a municipality, for everybody's who works on its boards. */
export const OFFLINE_TEXT_RULES = ['kept', 'forbidden'] as const;
export type OfflineTextRule = (typeof OFFLINE_TEXT_RULES)[number];

/** After this the words are deleted unread. */
export const OFFLINE_TEXT_KEPT_MS = 12 * 3_600_000;

/** Each half day seals with a key of its own, so that no key opens more than that. */
export const KEY_PERIOD_MS = 12 * 3_600_000;
/**
 * Of how many half days keys are handed out: of this one; of the one the words were written in; and of the one before that,
 * for a page that was offline then still sealed with the key it had. What is older nobody can open, wherever it lies.
 */
export const KEY_PERIODS = 3;

/** Newest first. */
export function keyPeriodsAt(at: Date): readonly number[] {
	const now = Math.floor(at.getTime() / KEY_PERIOD_MS);
	return Array.from({ length: KEY_PERIODS }, (_, back) => now - back);
}

/** Clocks are corrected by seconds all the time; one that was set back further makes what was written before it old. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

/** @param nowMs by the clock that `writtenAtMs` was read from */
export function isKeptStill(writtenAtMs: number, nowMs: number): boolean {
	return writtenAtMs <= nowMs + CLOCK_TOLERANCE_MS && nowMs - writtenAtMs < OFFLINE_TEXT_KEPT_MS;
}
