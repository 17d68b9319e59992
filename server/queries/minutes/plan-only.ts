import type { Reach } from '../../../domain/policy.ts';

/** What minutes hold: the plan, and the companies' tasks. The log says that and no more. */
export function planOnly({ team, placementIds }: Reach): Reach {
	return { team, placementIds, clinical: false, justice: false, drafts: false, summary: false };
}

/** Who sits in the team's meetings knows the professions at the table. */
export const COLLEAGUE: Reach = { team: true, clinical: false, justice: false, placementIds: [], drafts: false, summary: false };
