import type { Day } from '../iso-week.ts';
import type { Assignment } from './assign-coordinator.ts';

/** Danish: tovholder. Who it is on a day. */
export function coordinatorOn<Row extends Pick<Assignment, 'from' | 'until'>>(
	history: readonly Row[],
	today: Day,
): Row | undefined {
	return history.find(({ from, until }) => from <= today && (until === null || until >= today));
}
