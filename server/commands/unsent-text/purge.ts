import type { Database } from '../../../db/client.ts';
import { deleteUnsentTextsBefore } from '../../../db/repo/unsent-text.ts';
import { unsentTextsKeptSince } from '../../../domain/observation/unsent-text.ts';

/** Deletes what nobody reopened in time. Runs by the clock, for nobody; returns how many there were. */
export function purgeUnsentTexts(db: Database, now: Date): Promise<number> {
	return deleteUnsentTextsBefore(db.orm, unsentTextsKeptSince(now));
}
