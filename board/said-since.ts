/**
 * What minutes record of the words a meeting leaves: whatever the case's last snapshot did not hold. Weeks are not compared,
 * because what is written after a meeting closed still carries that meeting's week and belongs to the next minutes.
 */
import type { DecisionRow } from './rows.ts';
import type { TeamProjection } from './project.ts';
import type { IsoWeek } from '../domain/iso-week.ts';
import { CHECKLIST_LINES, type ChecklistLine } from '../domain/meeting/checklist.ts';

type Said = Pick<TeamProjection, 'decisions' | 'agreed'>;

/** @param before the plan in the last snapshot; a case's first minutes record everything that stands */
export function decisionsSince({ decisions }: Said, before: Said | undefined): readonly DecisionRow[] {
	const held = new Set(standing(before?.decisions ?? []).map(({ id }) => id));
	return standing(decisions).filter(({ id }) => !held.has(id));
}

/** Each line in its new wording, once, from the earliest week. */
export function linesSince({ agreed }: Said, before: Said | undefined): Partial<Record<ChecklistLine, string>> {
	const weeks = (Object.keys(agreed) as IsoWeek[]).toSorted(); // safe: the keys of its type
	const wordsOf = (line: ChecklistLine) =>
		weeks.flatMap((week) => {
			const words = agreed[week]?.[line] ?? '';
			return words.trim() === '' || words === before?.agreed[week]?.[line] ? [] : [words];
		});
	return Object.fromEntries(
		CHECKLIST_LINES.flatMap((line) => {
			const words = wordsOf(line);
			return words.length > 0 ? [[line, words.join('\n')]] : [];
		}),
	);
}

function standing(decisions: readonly DecisionRow[]): readonly DecisionRow[] {
	return decisions.filter(({ removed }) => !removed);
}
