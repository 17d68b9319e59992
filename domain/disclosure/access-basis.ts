/** Danish: grundlag. Why somebody may see a case; the lawyer's sentence for each stands in messages/. */
export const ACCESS_BASES = ['consent', 'employment-law', 'cross-professional-team', 'court-order'] as const;
export type AccessBasis = (typeof ACCESS_BASES)[number];

/** Why a case was opened; set by the route, never chosen freely. */
export const READ_PURPOSES = [
	'board',
	'caseload',
	'tasks',
	'meeting',
	'wall',
	'minutes',
	'history',
	'export',
	'administration',
] as const;
export type ReadPurpose = (typeof READ_PURPOSES)[number];

/**
 * Which rows say already that somebody reads what a page fetches later: the meeting shows the same board, and whoever follows
 * it has one opening, not two.
 */
export function purposesCovering(purpose: ReadPurpose): readonly ReadPurpose[] {
	return purpose === 'board' ? ['board', 'meeting'] : [purpose];
}
