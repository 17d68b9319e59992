/** How a case stands in the list: what is new comes first, silence is drawn, and nobody is placed by need. */
export const CASE_GROUPS = ['news', 'same', 'silent', 'closed'] as const;
export type CaseGroup = (typeof CASE_GROUPS)[number];

/** Danish: tavst. Nobody has written or reported anything for so long, in milliseconds: a week. */
const SILENT_MS = 7 * 86_400_000;

/** @param lastToldMs when anybody last wrote anything the reader may read; undefined when nobody ever has */
export function isSilentCase(lastToldMs: number | undefined, nowMs: number): boolean {
	return lastToldMs === undefined || nowMs - lastToldMs >= SILENT_MS;
}

/** Silence is said even to who has been away longer than it: to them everything is news. */
export function caseGroup(facts: { readonly closed: boolean; readonly silent: boolean; readonly hasNews: boolean }): CaseGroup {
	if (facts.closed) return 'closed';
	if (facts.silent) return 'silent';
	return facts.hasNews ? 'news' : 'same';
}
