import type { Day } from '../iso-week.ts';

/** While two days stand, the earlier one counts: nobody has said yet that it may wait for the later. No day is never late. */
export function isOverdue(dueOn: readonly Day[], today: Day): boolean {
	return dueOn.some((day) => day < today);
}
