import { addDays, dayOf, type Day } from './iso-week.ts';

const HOUR_MS = 3_600_000;

/** The instant a calendar day begins in Denmark, one or two hours before it does in UTC. */
export function startOfDay(day: Day): Date {
	const utcMidnight = Date.parse(`${day}T00:00:00Z`);
	const summer = new Date(utcMidnight - 2 * HOUR_MS);
	return dayOf(summer) === day ? summer : new Date(utcMidnight - HOUR_MS);
}

/** When "today" next stops being true in Denmark: access given by days holds no longer than that without asking again. */
export function nextMidnight(at: Date): Date {
	return startOfDay(addDays(dayOf(at), 1));
}
