import type * as Y from 'yjs';
import type { GoalKind } from '../../domain/goal/goal.ts';
import type { Day, IsoWeek } from '../../domain/iso-week.ts';
import { choose } from './choose.ts';
import type { Editor, Inverse } from './editor.ts';

export function setGoalKind(doc: Y.Doc, by: Editor, kind: GoalKind | null): Inverse | undefined {
	return choose(doc, by, { root: 'goal', path: 'kind' }, kind);
}

export function setTargetDay(doc: Y.Doc, by: Editor, day: Day | null): Inverse | undefined {
	return choose(doc, by, { root: 'goal', path: 'targetDay' }, day);
}

/** The week in which the citizen said the words of `goal/citizen`. */
export function setSaidInWeek(doc: Y.Doc, by: Editor, week: IsoWeek | null): Inverse | undefined {
	return choose(doc, by, { root: 'goal', path: 'saidInWeek' }, week);
}
