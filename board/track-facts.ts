/** Reads off a team document's rows what the rules in domain/week and domain/caseload judge. */
import { weekOf, weekOfDay, weeksBetween, type IsoWeek } from '../domain/iso-week.ts';
import type { TrackFacts, WeekReport } from '../domain/week/track-weeks.ts';
import { agreed } from './choice.ts';
import type { TrackRow, WeekRow } from './rows.ts';

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

/** A contested end or start counts as if open: the choice itself is shown beside it. */
export function trackFacts(track: TrackRow, weeks: WeekRows): TrackFacts {
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

/** Under way, or agreed for later. */
export function isAhead(track: TrackRow, weeks: WeekRows, week: IsoWeek): boolean {
	const { until } = trackFacts(track, weeks);
	return agreed(track.state) !== 'finished' && (until === undefined || until >= week);
}

function reportOf(row: WeekRow | undefined): WeekReport | undefined {
	if (!row || (row.direction.values.length === 0 && row.attended.values.length === 0)) return undefined;
	return {
		direction: agreed(row.direction) ?? row.direction.values[0]?.value,
		attended: agreed(row.attended) ?? row.attended.values[0]?.value,
	};
}

/** Since when no job-directed track has been under way: the last one's end, or the opening of the case. */
export function emptySince(jobTracks: readonly TrackRow[], openedAt: string): IsoWeek {
	const ends = jobTracks.flatMap((track) => {
		const day = agreed(track.endsOn) ?? track.removed?.at.slice(0, 10);
		return day ? [weekOfDay(day)] : [];
	});
	return ends.reduce((latest, week) => (weeksBetween(latest, week) > 0 ? week : latest), weekOf(new Date(openedAt)));
}
