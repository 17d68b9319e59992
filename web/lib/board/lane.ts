import { agreed } from '../../../board/choice.ts';
import type { TrackRow, WeekRow } from '../../../board/rows.ts';
import { weekOf, weekOfDay, weeksBetween, type IsoWeek } from '../../../domain/iso-week.ts';
import type { LaneFacts } from './lane-weeks.ts';

/** Rows of the weeks by track and week, made once per change. */
export class WeekRows {
	readonly #rows: ReadonlyMap<string, WeekRow>;

	constructor(rows: readonly WeekRow[]) {
		this.#rows = new Map(rows.map((row) => [`${row.week}/${row.trackId}`, row]));
	}

	of(week: IsoWeek, trackId: string): WeekRow | undefined {
		return this.#rows.get(`${week}/${trackId}`);
	}
}

/** What a lane is drawn from. A contested end or start is drawn as if open: the choice itself is shown beside it. */
export function laneFacts(track: TrackRow, weeks: WeekRows): LaneFacts {
	const startsOn = agreed(track.startsOn);
	const endsOn = agreed(track.endsOn);
	const state = agreed(track.state) ?? 'running';
	return {
		from: startsOn ? weekOfDay(startsOn) : weekOf(new Date(track.created.at)),
		until: endsOn ? weekOfDay(endsOn) : undefined,
		timesPerWeek: agreed(track.timesPerWeek) ?? 0,
		running: state === 'running' || state === 'paused',
		pauses: track.pauses,
		report: (week) => reportOf(weeks.of(week, track.id)),
	};
}

function reportOf(row: WeekRow | undefined): ReturnType<LaneFacts['report']> {
	if (!row || (row.direction.values.length === 0 && row.attended.values.length === 0)) return undefined;
	const attended = agreed(row.attended) ?? row.attended.values[0]?.value;
	const share = attended && attended.planned > 0 ? attended.came / attended.planned : undefined;
	return { direction: agreed(row.direction) ?? row.direction.values[0]?.value, share };
}

/** Since when no job-directed track has been under way: the last one's end, or the opening of the case. */
export function emptySince(jobTracks: readonly TrackRow[], openedAt: string): IsoWeek {
	const ends = jobTracks.flatMap((track) => {
		const day = agreed(track.endsOn) ?? track.removed?.at.slice(0, 10);
		return day ? [weekOfDay(day)] : [];
	});
	return ends.reduce((latest, week) => (weeksBetween(latest, week) > 0 ? week : latest), weekOf(new Date(openedAt)));
}
