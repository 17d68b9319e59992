/** A slower answer says little about when it was given; milliseconds. */
const PROMPT_MS = 500;

/**
 * How far the server's clock is ahead of the device's, by one answer: it was given halfway between the question and its arrival.
 *
 * @returns undefined when the answer was too long on its way
 */
export function aheadBy(nowMs: number, askedMs: number, heardMs: number): number | undefined {
	return heardMs - askedMs > PROMPT_MS ? undefined : Math.round(nowMs - (askedMs + heardMs) / 2);
}
