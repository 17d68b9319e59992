import type { DecisionRow } from '../../../board/rows.ts';
import type { IsoWeek } from '../../../domain/iso-week.ts';

/** The ones of a week, in order; what was taken away stays until the week is over. */
export function decisionsOf(decisions: readonly DecisionRow[], week: IsoWeek): readonly DecisionRow[] {
	return decisions.filter((decision) => decision.week === week);
}

export function standing(decisions: readonly DecisionRow[]): readonly DecisionRow[] {
	return decisions.filter(({ removed }) => !removed);
}
