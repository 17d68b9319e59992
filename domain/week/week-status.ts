/** Danish: ugens status. The first of the three taps: which way the track went this week. */
export const DIRECTIONS = ['forward', 'unchanged', 'back'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** The second tap: how many of the planned times the citizen came. */
export interface Attendance {
	readonly came: number;
	readonly planned: number;
}
