/** What changed in a plan between two snapshots, as sentences without words: who reads it has the words. */
import type { DecisionId, TaskId, TrackId } from '../ids.ts';
import type { Label } from '../programme/template.ts';
import type { TrackState } from '../track/track.ts';
import type { Attendance } from '../week/week-status.ts';

export interface TrackThen {
	readonly id: TrackId;
	readonly name: { readonly type: Label; readonly label: string };
	readonly state: TrackState | null;
	readonly isPaused: boolean;
	/** In the week of the snapshot's meeting. */
	readonly attended: Attendance | null;
}

/** A plan as it stood. */
export interface PlanThen {
	readonly goal: { readonly team: string; readonly citizen: string };
	/** Those nobody has taken away. */
	readonly tracks: readonly TrackThen[];
	/** Every task there ever was, with what became of it. */
	readonly tasks: readonly { readonly id: TaskId; readonly fate: 'open' | 'done' | 'dropped' }[];
	/** Those nobody has taken back. */
	readonly decisions: readonly { readonly id: DecisionId; readonly text: string }[];
}

export type PlanChange =
	| { readonly code: 'goal-reworded'; readonly by: 'team' | 'citizen'; readonly from: string; readonly to: string }
	| {
			readonly code: 'track-started' | 'track-ended' | 'track-paused' | 'track-resumed' | 'track-removed';
			readonly track: TrackThen['name'];
	  }
	| { readonly code: 'attendance'; readonly track: TrackThen['name']; readonly from: Attendance; readonly to: Attendance }
	| { readonly code: 'tasks-done' | 'tasks-new' | 'tasks-dropped'; readonly count: number }
	| { readonly code: 'decided' | 'decision-withdrawn'; readonly text: string };

/** In the order people tell it: goal, tracks, attendance, decisions, tasks. Empty when nothing changed. */
export function comparePlans(before: PlanThen, after: PlanThen): readonly PlanChange[] {
	return [
		...goalChanges(before.goal, after.goal),
		...trackChanges(before.tracks, after.tracks),
		...attendanceChanges(before.tracks, after.tracks),
		...decisionChanges(before.decisions, after.decisions),
		...taskChanges(before.tasks, after.tasks),
	];
}

function goalChanges(before: PlanThen['goal'], after: PlanThen['goal']): readonly PlanChange[] {
	const wordings = ['team', 'citizen'] as const;
	return wordings
		.filter((by) => before[by] !== after[by])
		.map((by) => ({ code: 'goal-reworded', by, from: before[by], to: after[by] }));
}

function trackChanges(before: readonly TrackThen[], after: readonly TrackThen[]): readonly PlanChange[] {
	const then = byId(before);
	const now = byId(after);
	const removed = before.filter(({ id }) => !now.has(id)).map(({ name }) => ({ code: 'track-removed', track: name }) as const);
	const changed = after.flatMap((track): PlanChange[] => {
		const was = then.get(track.id);
		const code = changeOf(was, track);
		return code ? [{ code, track: track.name }] : [];
	});
	return [...changed, ...removed];
}

function changeOf(was: TrackThen | undefined, is: TrackThen) {
	const ran = was !== undefined && was.state !== 'planned';
	if (!ran && is.state !== 'planned' && is.state !== 'finished') return 'track-started';
	if (is.state === 'finished') return was?.state === 'finished' ? undefined : 'track-ended';
	if (was && was.isPaused !== is.isPaused) return is.isPaused ? 'track-paused' : 'track-resumed';
	return undefined;
}

function attendanceChanges(before: readonly TrackThen[], after: readonly TrackThen[]): readonly PlanChange[] {
	const then = byId(before);
	return after.flatMap(({ id, name, attended: to }): PlanChange[] => {
		const from = then.get(id)?.attended;
		if (!from || !to || (from.came === to.came && from.planned === to.planned)) return [];
		return [{ code: 'attendance', track: name, from, to }];
	});
}

function decisionChanges(before: PlanThen['decisions'], after: PlanThen['decisions']): readonly PlanChange[] {
	const then = byId(before);
	const now = byId(after);
	return [
		...after.filter(({ id }) => !then.has(id)).map(({ text }) => ({ code: 'decided', text }) as const),
		...before.filter(({ id }) => !now.has(id)).map(({ text }) => ({ code: 'decision-withdrawn', text }) as const),
	];
}

function taskChanges(before: PlanThen['tasks'], after: PlanThen['tasks']): readonly PlanChange[] {
	const then = byId(before);
	const became = (fate: 'done' | 'dropped') =>
		after.filter((task) => task.fate === fate && then.get(task.id)?.fate !== fate).length;
	const counts = [
		{ code: 'tasks-done', count: became('done') },
		{ code: 'tasks-new', count: after.filter(({ id }) => !then.has(id)).length },
		{ code: 'tasks-dropped', count: became('dropped') },
	] as const;
	return counts.filter(({ count }) => count > 0);
}

function byId<Each extends { readonly id: string }>(list: readonly Each[]): ReadonlyMap<string, Each> {
	return new Map(list.map((each) => [each.id, each]));
}
