import { addDays, dayOf } from '../../domain/iso-week.ts';

const MINUTE_MS = 60_000;
const SUNDAY = 0;
const SATURDAY = 6;

/**
 * When somebody at work would have written it: so many days ago, on a weekday, between eight and sixteen o'clock in
 * Denmark's winter, and never later than now.
 *
 * @param mix any number: spreads the times over the day
 */
export function workingHour(now: Date, daysAgo: number, mix: number): Date {
	let day = addDays(dayOf(now), -daysAgo);
	for (;;) {
		const at = new Date(Date.parse(`${day}T07:00:00Z`) + ((mix * 37) % 480) * MINUTE_MS);
		const weekday = at.getUTCDay();
		if (at <= now && weekday !== SUNDAY && weekday !== SATURDAY) return at;
		day = addDays(day, -1);
	}
}
