import { agreed } from '../../../board/choice.ts';
import type { TaskRow, TrackRow } from '../../../board/rows.ts';
import { addWeeks, weekOf, type IsoWeek } from '../../../domain/iso-week.ts';
import { laneFacts, type WeekRows } from './lane.ts';
import { silentWeeks } from './lane-weeks.ts';

/** What changed since the week before, in facts about the team's work; never a score of the person. */
export interface SinceLast {
	readonly observations: number;
	readonly finished: number;
	/** Times attended, where it went up or down. */
	readonly attendance: readonly { readonly trackId: string; readonly from: number; readonly to: number }[];
	/** Tracks nobody has reported on for two weeks or more. */
	readonly silent: readonly { readonly trackId: string; readonly weeks: number }[];
}

const QUIET_WEEKS = 2;

export function sinceLast(
	tracks: readonly TrackRow[],
	tasks: readonly TaskRow[],
	observations: readonly { readonly sharedAt: string }[],
	weeks: WeekRows,
	week: IsoWeek,
): SinceLast {
	const before = addWeeks(week, -1);
	const inWeek = (at: string | undefined) => at !== undefined && weekOf(new Date(at)) === week;
	return {
		observations: observations.filter(({ sharedAt }) => inWeek(sharedAt)).length,
		finished: tasks.filter(({ finished, removed }) => !removed && inWeek(finished?.at)).length,
		attendance: tracks.flatMap(({ id }) => {
			const [from, to] = [before, week].map((one) => agreed(weeks.of(one, id)?.attended ?? { values: [] })?.came);
			return from !== undefined && to !== undefined && from !== to ? [{ trackId: id, from, to }] : [];
		}),
		silent: tracks.flatMap((track) => {
			const count = silentWeeks(laneFacts(track, weeks), week);
			return count >= QUIET_WEEKS ? [{ trackId: track.id, weeks: count }] : [];
		}),
	};
}
