import { addDays, addWeeks, mondayOf, weekNumber, weeksBetween, type IsoWeek } from '../../../domain/iso-week.ts';

/** Danish: tidsaksen. One CSS grid of 24 week columns, shared by the head and every lane. */
export interface Axis {
	readonly weeks: readonly IsoWeek[];
	readonly current: IsoWeek;
	/** 1-based grid column of this week; the band stands here. */
	readonly currentColumn: number;
	readonly months: readonly AxisMonth[];
	readonly ticks: readonly { readonly column: number; readonly number: number }[];
}

export interface AxisMonth {
	/** First day of the month, for the formatter. */
	readonly month: string;
	readonly column: number;
	readonly span: number;
	/** True where the year changes, so that the label says it. */
	readonly newYear: boolean;
}

export const AXIS_WEEKS = 24;
/** This week stands in column 12: eleven weeks of history, twelve of plan. */
const HISTORY_WEEKS = 11;

/** @param shown the week being looked at; an older one moves the axis so that it stays inside */
export function axisFor(current: IsoWeek, shown: IsoWeek): Axis {
	const usual = addWeeks(current, -HISTORY_WEEKS);
	const from = weeksBetween(usual, shown) < 0 ? shown : usual;
	const weeks = Array.from({ length: AXIS_WEEKS }, (_, index) => addWeeks(from, index));
	const currentColumn = weeksBetween(from, current) + 1;
	const nearNow = (column: number) => Math.abs(column - currentColumn) < 2;
	const ticks = weeks
		.map((week, index) => ({ column: index + 1, number: weekNumber(week) }))
		.filter(({ column }) => column % 2 === 1 && !nearNow(column));
	return { weeks, current, currentColumn, months: monthsOf(weeks), ticks };
}

/** 1-based column of a week, clamped to just outside the axis on either side. */
export function columnOf(axis: Axis, week: IsoWeek): number {
	const first = axis.weeks[0];
	if (first === undefined) return 1;
	return Math.min(AXIS_WEEKS + 1, Math.max(0, weeksBetween(first, week) + 1));
}

/** A week belongs to the month its Thursday lies in, as ISO weeks belong to years. */
function monthsOf(weeks: readonly IsoWeek[]): AxisMonth[] {
	const months: AxisMonth[] = [];
	weeks.forEach((week, index) => {
		const month = `${addDays(mondayOf(week), 3).slice(0, 7)}-01`;
		const last = months.at(-1);
		if (last?.month === month) months[months.length - 1] = { ...last, span: last.span + 1 };
		else
			months.push({
				month,
				column: index + 1,
				span: 1,
				newYear: last !== undefined && last.month.slice(0, 4) !== month.slice(0, 4),
			});
	});
	return months;
}
