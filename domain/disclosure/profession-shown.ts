import type { Reach } from '../policy.ts';

/**
 * May a reader be told which professions their colleagues on a case have? Who does not read `team` never learns track
 * names, and "psychologist" beside a name would be one. It is everybody or nobody: a list that left out only the telling
 * ones would tell by what is missing. Record: docs/decisions/0012-no-profession-for-guests.md.
 */
export function showsProfessions(reach: Pick<Reach, 'team'>): boolean {
	return reach.team;
}
