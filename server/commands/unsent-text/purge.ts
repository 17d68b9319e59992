import type { Database } from '../../../db/client.ts';
import { deleteUnsentTextsBefore } from '../../../db/repo/unsent-text.ts';
import { UNSENT_TEXT_KEPT_MS } from '../../../domain/observation/unsent-text.ts';

/** Deletes what nobody reopened in time. Runs by the clock, for nobody; returns how many there were. */
export function purgeUnsentTexts(db: Database, now: Date): Promise<number> {
	return deleteUnsentTextsBefore(db.orm, new Date(now.getTime() - UNSENT_TEXT_KEPT_MS));
}
