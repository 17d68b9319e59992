/** What a wall shows of one case's plan, read off its rows: pure, so that it can be tried without a server. */
import type { Day, IsoWeek } from '../domain/iso-week.ts';
import type { PersonId } from '../domain/ids.ts';
import { WALL_TRACKS } from '../domain/meeting/wall.ts';
import type { TrackType } from '../domain/programme/template.ts';
import { agreed } from './choice.ts';
import type { TeamProjection } from './project.ts';
import { isOpen, type TaskRow, type TrackRow } from './rows.ts';
import { isAhead, trackFacts, WeekRows } from './track-facts.ts';
import { trackStatus } from './track-status.ts';
import type { WallTrack } from './wall-events.ts';

/** Tasks there is room for beside the tracks. */
const WALL_TASKS = 4;

/** Who by id, for the caller to name. */
export interface WallLine {
	readonly text: string;
	readonly owner: PersonId | null;
	readonly dueOn: Day | null;
}

export interface WallPlan {
	readonly tracks: readonly WallTrack[];
	readonly moreTracks: number;
	readonly decision: WallLine | null;
	readonly tasks: readonly WallLine[];
	readonly moreTasks: number;
}

/**
 * @param isCitizenPresent then tracks that the template keeps from that view are left out, and tasks take the place of
 *   what the team decided
 */
export function wallPlan(
	team: TeamProjection,
	placementTasks: readonly TaskRow[],
	types: readonly TrackType[],
	week: IsoWeek,
	isCitizenPresent: boolean,
): WallPlan {
	const weeks = new WeekRows(team.weeks);
	const known = new Map(types.map((type) => [type.id, type]));
	const shown = team.tracks.filter((track) => isShown(track, known.get(track.type), weeks, week, isCitizenPresent));
	const ordered = [
		...shown.filter(({ type }) => !known.get(type)!.jobDirected),
		...shown.filter(({ type }) => known.get(type)!.jobDirected),
	]; // the filter above
	const cut = ordered.length > WALL_TRACKS ? withoutMiddle(ordered, known) : ordered;
	const open = isCitizenPresent ? [...team.tasks, ...placementTasks].filter(isOpen) : [];
	return {
		tracks: cut.map((track) => wallTrack(track, known.get(track.type)!, weeks, week)), // the filter above
		moreTracks: ordered.length - cut.length,
		decision: isCitizenPresent ? null : newestDecision(team, week),
		tasks: open.slice(0, WALL_TASKS).map(lineOf),
		moreTasks: Math.max(0, open.length - WALL_TASKS),
	};
}

/** Under way or agreed for later, of a type the template knows. */
function isShown(
	track: TrackRow,
	type: TrackType | undefined,
	weeks: WeekRows,
	week: IsoWeek,
	isCitizenPresent: boolean,
): boolean {
	if (track.removed || !type || (isCitizenPresent && !type.shownWithCitizenPresent)) return false;
	return isAhead(track, weeks, week);
}

/** The way to the job is never what there was no room for. */
function withoutMiddle(ordered: readonly TrackRow[], known: ReadonlyMap<string, TrackType>): readonly TrackRow[] {
	const jobs = ordered.filter(({ type }) => known.get(type)?.jobDirected).slice(0, WALL_TRACKS);
	const others = ordered.filter(({ type }) => !known.get(type)?.jobDirected);
	return [...others.slice(0, WALL_TRACKS - jobs.length), ...jobs];
}

function wallTrack(track: TrackRow, { label, jobDirected }: TrackType, weeks: WeekRows, week: IsoWeek): WallTrack {
	const facts = trackFacts(track, weeks);
	return {
		label,
		isJobDirected: jobDirected,
		from: facts.from ?? null,
		until: facts.until ?? null,
		status: trackStatus(track, facts, weeks.of(week, track.id), week),
	};
}

function newestDecision({ decisions }: TeamProjection, week: IsoWeek): WallLine | null {
	const ofWeek = decisions.filter((decision) => decision.week === week && !decision.removed && decision.text !== '');
	const newest = ofWeek.toSorted((left, right) => (left.created.at < right.created.at ? 1 : -1))[0];
	return newest ? lineOf(newest) : null;
}

function lineOf({ text, owner, dueOn }: Pick<TaskRow, 'text' | 'owner' | 'dueOn'>): WallLine {
	return { text, owner: agreed(owner) ?? null, dueOn: agreed(dueOn) ?? null };
}
