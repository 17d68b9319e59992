import { weekOf, type Day } from '../domain/iso-week.ts';
import type { TeamProjection } from './project.ts';
import { isOpen, isTaskOverdue } from './rows.ts';

/**
 * Does something in a plan wait for the team to talk of it: an overdue task, or a track somebody raised since a meeting last
 * did? A raise is counted by its week, so one made earlier in the week of that meeting counts once more.
 */
export function waitsOnTeam({ tracks, tasks, weeks }: TeamProjection, discussedAt: Date | undefined, today: Day): boolean {
	if (tasks.some((task) => isOpen(task) && isTaskOverdue(task, today))) return true;
	const present = new Set(tracks.filter(({ removed }) => !removed).map(({ id }) => id));
	const since = discussedAt && weekOf(discussedAt);
	return weeks.some(
		({ week, trackId, raisedBy }) => raisedBy.length > 0 && present.has(trackId) && (since === undefined || week >= since),
	);
}
