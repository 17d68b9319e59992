import type { Attendance } from '../week/week-status.ts';

/** The weeks compared: the last two in which somebody counted, with the four before them. */
const NOW_WEEKS = 2;
const BEFORE_WEEKS = 4;
/** Smaller changes are how weeks are. In shares of what was planned. */
const FALL = 0.25;

/** Undefined unless attendance has fallen by a quarter of what was planned; in per cent. */
export function attendanceFall(
	weeks: readonly (Attendance | null)[],
): { readonly from: number; readonly to: number } | undefined {
	const counted = weeks.filter((week) => week !== null && week.planned > 0) as Attendance[];
	const now = shareIn(counted.slice(-NOW_WEEKS));
	const before = shareIn(counted.slice(-NOW_WEEKS - BEFORE_WEEKS, -NOW_WEEKS));
	if (counted.length < NOW_WEEKS + BEFORE_WEEKS || before - now < FALL) return undefined;
	return { from: Math.round(before * 100), to: Math.round(now * 100) };
}

function shareIn(weeks: readonly Attendance[]): number {
	const planned = weeks.reduce((sum, week) => sum + week.planned, 0);
	return planned === 0 ? 0 : weeks.reduce((sum, week) => sum + week.came, 0) / planned;
}
