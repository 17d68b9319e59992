/** Longest text that is sealed for its author, in UTF-16 code units. */
export const UNSENT_TEXT_MAX_LENGTH = 20_000;

/** How many one person may have waiting in one case. */
export const UNSENT_TEXTS_MAX = 20;

/** 30 days, in milliseconds: as long as access may be gone before the words are. */
const UNSENT_TEXT_KEPT_MS = 30 * 86_400_000;

/** What was sealed before is deleted, and whoever had nothing to do with a case since has no words in it. */
export function unsentTextsKeptSince(now: Date): Date {
	return new Date(now.getTime() - UNSENT_TEXT_KEPT_MS);
}
