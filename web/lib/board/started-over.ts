import type { Language, TextKey } from '../i18n/keys.ts';
import type { Board } from './board.svelte.ts';

const PARTS = ['goal', 'tracks', 'tasks', 'weeks', 'decisions', 'hours', 'accommodations'] as const;

/** What those fields were about, as people call it: the track, the task, or the part of the board. */
export function droppedNames(
	fields: readonly string[],
	board: Board,
	language: Language,
	t: (key: TextKey) => string,
): readonly string[] {
	const names = fields.flatMap((field) => {
		const [root = '', first = '', second = ''] = field.split('/');
		const track = board.team.rows.tracks.find(({ id }) => id === (root === 'weeks' ? second : first));
		const task = [...board.team.rows.tasks, ...board.placement.rows.tasks].find(({ id }) => id === first)?.text;
		const part = PARTS.find((one) => one === root);
		return (track && board.trackName(track, language)) ?? (task || (part ? t(`unsent.startedOver.part.${part}`) : []));
	});
	return [...new Set(names)];
}
