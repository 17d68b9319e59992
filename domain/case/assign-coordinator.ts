import type { PersonId } from '../ids.ts';
import type { Day } from '../iso-week.ts';
import type { Profession } from '../people.ts';
import { mayLead } from '../policy.ts';
import { ok, refuse, type Result } from '../result.ts';

export interface Assignment {
	readonly personId: PersonId;
	readonly from: Day;
	/** The last day, included; null while it lasts. */
	readonly until: Day | null;
}

export type AssignCoordinatorRefusal =
	| { readonly code: 'person-ended' }
	| { readonly code: 'coordinator-needs-access' }
	| { readonly code: 'day-in-the-past' }
	| { readonly code: 'already-coordinator' };

/**
 * Who keeps one citizen's course together, from a day on. Days that have been are history, which is not rewritten: a
 * change begins today or later.
 *
 * @param assignments all of the case, past and planned
 */
export function assignCoordinator(
	assignments: readonly Assignment[],
	to: { readonly personId: PersonId; readonly profession: Profession; readonly ended: boolean },
	from: Day,
	today: Day,
): Result<Assignment, AssignCoordinatorRefusal> {
	if (to.ended) return refuse({ code: 'person-ended' });
	if (!mayLead(to.profession)) return refuse({ code: 'coordinator-needs-access' });
	if (from < today) return refuse({ code: 'day-in-the-past' });
	const open = assignments.filter(({ until }) => until === null || until >= from);
	if (open.length > 0 && open.every(({ personId }) => personId === to.personId)) return refuse({ code: 'already-coordinator' });
	return ok({ personId: to.personId, from, until: null });
}
