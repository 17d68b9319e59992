/** Readers of what only a placement document has; its tasks are read by `readTasks`. */
import type * as Y from 'yjs';
import type { AccommodationId } from '../domain/ids.ts';
import type { IsoWeek } from '../domain/iso-week.ts';
import type { Entries } from './entries.ts';
import { entriesOf, textOf } from './entries.ts';
import { NO_RANK, byRank, isRank } from './rank.ts';
import type { AccommodationRow, HoursRow } from './rows.ts';
import { PURPOSE_TEXT, accommodationTextName } from './schema.ts';
import { isMark } from './values.ts';

export function readPurpose(doc: Y.Doc): string {
	return textOf(doc, PURPOSE_TEXT);
}

/** From the earliest week; a week nobody wrote hours for has no row. */
export function readHours(doc: Y.Doc): HoursRow[] {
	const rows = [...entriesOf(doc, 'placement', 'hours', 1)].map(([week, entries]) => ({
		week: week as IsoWeek, // safe: stood in a key the rules matched
		planned: entries.choice<number>('planned'),
		actual: entries.choice<number>('actual'),
	}));
	return rows.sort((left, right) => (left.week < right.week ? -1 : 1));
}

/** In order; removed ones too, with who removed them. */
export function readAccommodations(doc: Y.Doc): AccommodationRow[] {
	return [...entriesOf(doc, 'placement', 'accommodations', 1)]
		.flatMap(([id, entries]) => accommodationOf(doc, id as AccommodationId, entries))
		.sort(byRank);
}

function accommodationOf(doc: Y.Doc, id: AccommodationId, entries: Entries): AccommodationRow[] {
	const created = entries.value('created', isMark);
	if (!created) return [];
	return [
		{
			id,
			created,
			text: textOf(doc, accommodationTextName(id)),
			rank: entries.value('rank', isRank) ?? NO_RANK,
			removed: entries.value('removed', isMark) ?? null,
		},
	];
}
