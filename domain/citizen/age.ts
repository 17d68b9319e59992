import type { Day } from '../iso-week.ts';

/** Whole years on a day. Somebody born on 29 February is a year older on 1 March of a common year. */
export function ageOn(birthDay: Day, today: Day): number {
	const years = Number(today.slice(0, 4)) - Number(birthDay.slice(0, 4));
	return today.slice(5) < birthDay.slice(5) ? years - 1 : years;
}
