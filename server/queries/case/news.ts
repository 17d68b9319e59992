import type { LatestObservationRow } from '../../../db/repo/document-read.ts';
import { mayRead } from '../../../domain/policy.ts';
import type { ReadableDocument } from './documents.ts';
import { compartmentOfObservation } from './observations.ts';
import type { Reader } from './reader.ts';

/** What is older is news to nobody, however long they stayed away: 30 days, in milliseconds. */
export const NEWS_MS = 30 * 86_400_000;

/**
 * Has somebody else changed what the reader may read since they last opened the board? Who never opened it has news as soon
 * as somebody wrote. What a reader may not read is not news to them: a mark would tell that something is there.
 */
export function hasNews(
	me: Reader,
	documents: readonly ReadableDocument[],
	observations: readonly LatestObservationRow[],
	since: Date,
): boolean {
	const sinceMs = since.getTime();
	const self = me.actor.personId;
	return (
		documents.some(({ stored }) => stored?.lastBy && stored.lastBy !== self && (stored.lastAt?.getTime() ?? 0) > sinceMs) ||
		observations.some(
			(row) =>
				row.authorId !== self && row.sharedAt.getTime() > sinceMs && mayRead(me.actor, me.reach, compartmentOfObservation(row)),
		)
	);
}
