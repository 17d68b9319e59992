import { addDays, addWeeks, mondayOf, weekOf } from '../../domain/iso-week.ts';

/** When the weekly meeting was, so many weeks ago: Wednesday, 9.50 to 11.10 in Denmark's winter. */
export function meetingHours(now: Date, weeksAgo: number): { readonly opens: Date; readonly closes: Date } {
	const wednesday = addDays(mondayOf(addWeeks(weekOf(now), -weeksAgo)), 2);
	return { opens: new Date(`${wednesday}T08:50:00Z`), closes: new Date(`${wednesday}T10:10:00Z`) };
}
