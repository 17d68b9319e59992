import type { Language } from '../i18n/keys.ts';
import type { Board } from './board.svelte.ts';
import type { TaskList } from './task-list.ts';

/** The team's tasks, as a board and a meeting show them. @param language read when a name is asked for */
export function boardTaskList(board: Board, language: () => Language): TaskList {
	return {
		view: board.team,
		undo: board.undo,
		get me() {
			return board.info.me.id;
		},
		get people() {
			return board.info.people;
		},
		get tracks() {
			return board.tracks.map((track) => ({ id: track.id, name: board.trackName(track, language()) }));
		},
		get today() {
			return board.info.today;
		},
		get week() {
			return board.info.week;
		},
	};
}
