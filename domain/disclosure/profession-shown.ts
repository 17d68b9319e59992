import type { Profession } from '../people.ts';
import type { Reach } from '../policy.ts';

/** Professions whose name beside a citizen says nothing about health, habits or schooling. */
const NEUTRAL: readonly Profession[] = ['team-lead', 'case-worker', 'job-consultant', 'company-mentor', 'prison-partner'];

/**
 * May a reader be told which profession a colleague has? Who does not read `team` never learns track names, and
 * "psychologist" beside a colleague's name would be one. The names themselves are shown: before sharing, everybody sees
 * who will be able to read.
 */
export function showsProfession(reach: Pick<Reach, 'team'>, profession: Profession): boolean {
	return reach.team || NEUTRAL.includes(profession);
}
