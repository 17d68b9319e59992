import type { HistoryMoment } from '../../../server/api/history-view.ts';

type Change = HistoryMoment['changes'][number];

export interface ChangesOfOne {
	readonly subject: string;
	readonly changes: readonly Change[];
}

/** Changes of one thing together, in the order things were first touched. @param say a subject in the reader's language */
export function bySubject(
	changes: readonly Change[],
	say: (words: Change['words']['subject']) => string,
): readonly ChangesOfOne[] {
	return [...Map.groupBy(changes, ({ words }) => say(words.subject))].map(([subject, of]) => ({ subject, changes: of }));
}
