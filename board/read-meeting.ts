/** Readers of what meetings leave in the team document, besides tasks. */
import type * as Y from 'yjs';
import type { DecisionId, PersonId } from '../domain/ids.ts';
import type { Day, IsoWeek } from '../domain/iso-week.ts';
import { CHECKLIST_LINES } from '../domain/meeting/checklist.ts';
import type { Entries } from './entries.ts';
import { entriesOf, pathsWithWords, textOf } from './entries.ts';
import { NO_RANK, byRank, isRank } from './rank.ts';
import type { AgreedLines, DecisionRow } from './rows.ts';
import { agreedTextName, decisionTextName } from './schema.ts';
import { isMark, isWeekValue } from './values.ts';

/** In order; removed ones too, with who removed them. */
export function readDecisions(doc: Y.Doc): DecisionRow[] {
	return [...entriesOf(doc, 'team', 'decisions', 1)]
		.flatMap(([id, entries]) => decisionOf(doc, id as DecisionId, entries))
		.sort(byRank);
}

/** From the earliest week, each week's lines in the order of the checklist. */
export function readAgreed(doc: Y.Doc): AgreedLines {
	const weeks = new Set(pathsWithWords(doc, 'team', 'agreed').map((path) => path.split('/', 1)[0] as IsoWeek)); // safe: the rules matched
	return Object.fromEntries([...weeks].map((week) => [week, linesOf(doc, week)]));
}

function linesOf(doc: Y.Doc, week: IsoWeek): AgreedLines[IsoWeek] {
	const lines = CHECKLIST_LINES.map((line) => [line, textOf(doc, agreedTextName(week, line))] as const);
	return Object.fromEntries(lines.filter(([, words]) => words !== ''));
}

function decisionOf(doc: Y.Doc, id: DecisionId, entries: Entries): DecisionRow[] {
	const created = entries.value('created', isMark);
	const week = entries.value('week', isWeekValue);
	if (!created || !week) return [];
	return [
		{
			id,
			week,
			created,
			text: textOf(doc, decisionTextName(id)),
			rank: entries.value('rank', isRank) ?? NO_RANK,
			removed: entries.value('removed', isMark) ?? null,
			owner: entries.choice<PersonId>('owner'),
			dueOn: entries.choice<Day>('dueOn'),
		},
	];
}
