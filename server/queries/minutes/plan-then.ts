import { agreed } from '../../../board/choice.ts';
import type { TeamProjection } from '../../../board/project.ts';
import type { TaskRow } from '../../../board/rows.ts';
import { trackFacts, WeekRows } from '../../../board/track-facts.ts';
import type { IsoWeek } from '../../../domain/iso-week.ts';
import type { PlanThen } from '../../../domain/meeting/compare.ts';
import type { TrackType } from '../../../domain/programme/template.ts';
import { pauseAt } from '../../../domain/week/track-weeks.ts';

/** A snapshot's plan as two of them are compared. @param week of its meeting */
export function planThen(
	{ goal, tracks, tasks, decisions, weeks }: TeamProjection,
	week: IsoWeek,
	types: readonly TrackType[],
): PlanThen {
	const rows = new WeekRows(weeks);
	return {
		goal: { team: goal.team, citizen: goal.citizen },
		tracks: tracks
			.filter(({ removed }) => !removed)
			.map((track) => ({
				id: track.id,
				name: {
					type: types.find(({ id }) => id === track.type)?.label ?? { da: track.type, en: track.type },
					label: agreed(track.label) ?? '',
				},
				state: agreed(track.state) ?? null,
				isPaused: pauseAt(trackFacts(track, rows), week) !== undefined,
				attended: agreed(rows.of(week, track.id)?.attended ?? { values: [] }) ?? null,
			})),
		tasks: tasks.map((task) => ({ id: task.id, fate: fateOf(task) })),
		decisions: decisions.filter(({ removed }) => !removed).map(({ id, text }) => ({ id, text })),
	};
}

function fateOf({ finished, dropped, removed }: TaskRow): PlanThen['tasks'][number]['fate'] {
	if (finished) return 'done';
	return dropped || removed ? 'dropped' : 'open';
}
