/** What a screen on a wall may say of people, and how it is paired. */

/** Digits a lead types from the screen's pairing code. */
export const PAIRING_CODE_DIGITS = 6;

/** How long a code stands before the screen shows a new one, in milliseconds. */
export const PAIRING_CODE_MS = 10 * 60_000;

/** A screen shows one meeting; nobody's working day is longer. */
export const WALL_SCREEN_MS = 12 * 3_600_000;

/** More than six tracks are six and "2 more": type that is readable at six metres is never shrunk. */
export const WALL_TRACKS = 6;

/** `Amina` of `Amina Holm`. */
export function firstNameOf(name: string): string {
	return name.trim().split(/\s+/u)[0] ?? '';
}

/** `A.H.` of `Amina Holm`: all that an agenda on a wall says of anybody. */
export function dottedInitialsOf(name: string): string {
	const parts = name.trim().split(/\s+/u);
	const letters = [parts[0], parts.length > 1 ? parts.at(-1) : undefined].flatMap((part) => [...(part ?? '')].slice(0, 1));
	return letters.map((letter) => `${letter.toLocaleUpperCase('da')}.`).join('');
}

/** True when the wall may no longer speak for this approval. */
export function hasOutlivedApproval(approvedAt: Date, at: Date): boolean {
	return at.getTime() - approvedAt.getTime() >= WALL_SCREEN_MS;
}
