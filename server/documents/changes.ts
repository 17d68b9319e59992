import type { PlanChange, TrackThen } from '../../domain/meeting/compare.ts';
import { unreachable } from '../../domain/result.ts';
import { said, text, type Words } from './content.ts';

/** What changed between two snapshots, as a sentence. */
export function changeSentence(change: PlanChange): Words {
	switch (change.code) {
		case 'goal-reworded':
			return text(change.by === 'team' ? 'minutes.change.goalTeam' : 'minutes.change.goalOwn', {
				from: change.from ? said(change.from) : text('minutes.change.noWords'),
				to: change.to ? said(change.to) : text('minutes.change.noWords'),
			});
		case 'track-started':
		case 'track-ended':
		case 'track-paused':
		case 'track-resumed':
		case 'track-removed':
			return text(`minutes.change.${change.code}`, { track: nameOf(change.track) });
		case 'attendance':
			return text('minutes.change.attendance', {
				track: nameOf(change.track),
				from: text('board.lanes.cameOf', { ...change.from }),
				to: text('board.lanes.cameOf', { ...change.to }),
			});
		case 'tasks-done':
		case 'tasks-new':
		case 'tasks-dropped':
			return text(`minutes.change.${change.code}`, { count: change.count });
		case 'decided':
		case 'decision-withdrawn':
			return text(`minutes.change.${change.code}`, { text: said(change.text) });
		default:
			return unreachable(change);
	}
}

function nameOf({ type, label }: TrackThen['name']): Words {
	return label ? { join: [{ label: type }, said(label)], by: ', ' } : { label: type };
}
