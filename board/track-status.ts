import type { IsoWeek } from '../domain/iso-week.ts';
import { pauseAt, type TrackFacts } from '../domain/week/track-weeks.ts';
import { agreed, isContested } from './choice.ts';
import type { TrackRow, WeekRow } from './rows.ts';

/** How one track stands in one week. `counted`: somebody said how often they came, nobody which way it went. */
export const TRACK_STATUSES = ['contested', 'back', 'unchanged', 'forward', 'counted', 'silent', 'paused'] as const;
export type TrackStatus = (typeof TRACK_STATUSES)[number];

/** @param row what was said of the track in that week */
export function trackStatus(track: TrackRow, facts: TrackFacts, row: WeekRow | undefined, week: IsoWeek): TrackStatus {
	if (row && isContested(row.direction)) return 'contested';
	const direction = row && agreed(row.direction);
	if (direction) return direction;
	if (row && row.attended.values.length > 0) return 'counted';
	return agreed(track.state) === 'paused' || pauseAt(facts, week) ? 'paused' : 'silent';
}
