import type { WallTrack } from '../../../board/wall-events.ts';
import { AXIS_WEEKS, columnOf, type Axis } from '../board/axis.ts';

/** CSS grid lines [from, to) of what has been and of what is planned; undefined where there is none. */
export interface WallBar {
	readonly past: readonly [number, number] | undefined;
	readonly plan: readonly [number, number] | undefined;
}

/** This week counts as having been: the line stands at its end, as on the picture of the meeting. */
export function wallBar({ from, until }: WallTrack, axis: Axis): WallBar {
	const start = from ? Math.max(1, columnOf(axis, from)) : 1;
	const end = until ? Math.min(AXIS_WEEKS, columnOf(axis, until)) + 1 : AXIS_WEEKS + 1;
	const now = axis.currentColumn + 1;
	return { past: span(start, Math.min(now, end)), plan: span(Math.max(now, start), end) };
}

function span(from: number, to: number): readonly [number, number] | undefined {
	return to > from ? [from, to] : undefined;
}
