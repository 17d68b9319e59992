/** Edits of what a meeting decides. */
import type * as Y from 'yjs';
import type { DecisionId, PersonId } from '../../domain/ids.ts';
import type { Day, IsoWeek } from '../../domain/iso-week.ts';
import { newId } from '../new-id.ts';
import { decisionTextName } from '../schema.ts';
import { choose } from './choose.ts';
import type { Added, Editor, Inverse } from './editor.ts';
import { markOf } from './editor.ts';
import { setMark, takeMark } from './entry.ts';
import type { Position } from './order.ts';
import { place } from './order.ts';
import { replaceText } from './text.ts';

export interface NewDecision {
	readonly id?: DecisionId;
	/** In which it is made. */
	readonly week: IsoWeek;
	readonly text: string;
	readonly position?: Position<DecisionId>;
	readonly owner?: PersonId;
	readonly dueOn?: Day;
}

/** Undoing marks the decision as removed. */
export function addDecision(doc: Y.Doc, by: Editor, decision: NewDecision): Added<DecisionId> {
	const id = decision.id ?? newId<DecisionId>(Date.parse(by.at));
	doc.transact(() => {
		const decisions = doc.getMap('decisions');
		decisions.set(`${id}/created`, markOf(by));
		decisions.set(`${id}/week`, decision.week);
		place(doc, by, 'decisions', id, decision.position ?? 'last');
		choose(doc, by, placeOf(id, 'owner'), decision.owner ?? null);
		choose(doc, by, placeOf(id, 'dueOn'), decision.dueOn ?? null);
		replaceText(doc, decisionTextName(id), decision.text, by.origin);
	}, by.origin);
	return { id, undo: (later, undoer) => removeDecision(later, undoer, id) };
}

/** `null` takes the owner away. */
export function setDecisionOwner(doc: Y.Doc, by: Editor, id: DecisionId, owner: PersonId | null): Inverse | undefined {
	return choose(doc, by, placeOf(id, 'owner'), owner);
}

/** `null` takes the date away. */
export function setDecisionDueOn(doc: Y.Doc, by: Editor, id: DecisionId, day: Day | null): Inverse | undefined {
	return choose(doc, by, placeOf(id, 'dueOn'), day);
}

export function removeDecision(doc: Y.Doc, by: Editor, id: DecisionId): Inverse | undefined {
	return setMark(doc, by, 'decisions', `${id}/removed`);
}

export function restoreDecision(doc: Y.Doc, by: Editor, id: DecisionId): Inverse | undefined {
	return takeMark(doc, by, 'decisions', `${id}/removed`);
}

function placeOf(id: DecisionId, field: string): { root: 'decisions'; path: string } {
	return { root: 'decisions', path: `${id}/${field}` };
}
