import { agreed } from '../../../board/choice.ts';
import type { TaskRow, TrackRow } from '../../../board/rows.ts';
import { addWeeks, type IsoWeek } from '../../../domain/iso-week.ts';
import { trackFacts, type WeekRows } from '../../../board/track-facts.ts';
import { silentWeeks } from '../../../domain/week/track-weeks.ts';

/** When the team last talked of the citizen. */
export interface LastTalk {
	readonly at: Date;
	readonly week: IsoWeek;
}

/** What changed since the team last met about the citizen, in facts about the team's work; never a score of the person. */
export interface SinceLast {
	readonly observations: number;
	readonly finished: number;
	/** Times attended, where the newest week told of went up or down. */
	readonly attendance: readonly { readonly trackId: string; readonly from: number; readonly to: number }[];
	/** Tracks nobody has reported on for two weeks or more. */
	readonly silent: readonly { readonly trackId: string; readonly weeks: number }[];
}

const QUIET_WEEKS = 2;
const WEEK_MS = 7 * 86_400_000;

/** Where the team has not met of late, the last seven days are what is new. */
export function lastTalk(
	lastMeeting: { readonly closedAt: string; readonly week: IsoWeek } | null,
	now: string,
	week: IsoWeek,
): LastTalk {
	if (lastMeeting) return { at: new Date(lastMeeting.closedAt), week: lastMeeting.week };
	return { at: new Date(Date.parse(now) - WEEK_MS), week: addWeeks(week, -1) };
}

export function sinceLast(
	tracks: readonly TrackRow[],
	tasks: readonly TaskRow[],
	observations: readonly { readonly sharedAt: string }[],
	weeks: WeekRows,
	last: LastTalk,
	week: IsoWeek,
): SinceLast {
	const isNew = (at: string | undefined) => at !== undefined && new Date(at) > last.at;
	return {
		observations: observations.filter(({ sharedAt }) => isNew(sharedAt)).length,
		finished: tasks.filter(({ finished, dropped, removed }) => !dropped && !removed && isNew(finished?.at)).length,
		attendance: tracks.flatMap(({ id }) => {
			const cameIn = (one: IsoWeek) => agreed(weeks.of(one, id)?.attended ?? { values: [] })?.came;
			const newest = cameIn(week) === undefined ? addWeeks(week, -1) : week;
			const [from, to] = [cameIn(addWeeks(newest, -1)), cameIn(newest)];
			const isNews = newest >= last.week && from !== undefined && to !== undefined && from !== to;
			return isNews ? [{ trackId: id, from, to }] : [];
		}),
		silent: tracks.flatMap((track) => {
			const count = silentWeeks(trackFacts(track, weeks), week);
			return count >= QUIET_WEEKS ? [{ trackId: track.id, weeks: count }] : [];
		}),
	};
}
