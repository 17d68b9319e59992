/**
 * A week's status of a track. `silent` is its own state: it never looks like zero or "fine". `counted` is attendance without a
 * direction, `contested` two directions nobody has picked from.
 */
export const STATUS_KINDS = [
	'forward',
	'unchanged',
	'back',
	'contested',
	'counted',
	'silent',
	'paused',
	'not-running',
	'missing',
] as const;
export type StatusKind = (typeof STATUS_KINDS)[number];
