import { addDays, dayOf, type Day } from '../iso-week.ts';

/**
 * How long after an erasure traces of the destroyed key may still lie where nobody can delete them row by row, in days:
 * PostgreSQL's own log and dead rows, and the operator's backups, which are kept 30 days (docs/decisions/0019).
 */
export const TRACES_AGE_OUT_DAYS = 35;

/** The first day on which nothing anywhere can be read any more. */
export function goneForGoodOn(erasedAt: Date): Day {
	return addDays(dayOf(erasedAt), TRACES_AGE_OUT_DAYS);
}
